import { mkdir, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import { readIfThere } from '../files/read-file.ts';
import { replaceFile } from '../files/replace-file.ts';

const schema = z.object({ url: z.string(), token: z.string(), expiresAt: z.string() });

/** The server that the user is signed in to, and the token of the session. */
export type KeptSession = z.output<typeof schema>;

/** `~/.config/latchkey/session.json`, or below XDG_CONFIG_HOME. */
export const sessionPath = (env: NodeJS.ProcessEnv): string =>
  join(env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'latchkey', 'session.json');

/** The kept session; undefined when there is none that can be read. */
export async function readSession(env: NodeJS.ProcessEnv): Promise<KeptSession | undefined> {
  const text = await readIfThere(sessionPath(env));
  if (text === undefined) return undefined;
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Keeps a session where only its owner can read it. */
export async function keepSession(env: NodeJS.ProcessEnv, session: KeptSession): Promise<void> {
  const path = sessionPath(env);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await replaceFile(path, `${JSON.stringify(session)}\n`);
}

export const forgetSession = (env: NodeJS.ProcessEnv): Promise<void> => rm(sessionPath(env), { force: true });
