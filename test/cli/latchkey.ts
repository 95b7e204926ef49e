import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Stack } from '#local/stack/running-stack.ts';
import type { SignedIn } from '../harness/people/people.ts';

const main = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));

export interface Ran {
  code: number | null;
  /** Standard output: data and nothing else. */
  data: string;
  /** Standard error. */
  prose: string;
}

interface Setting {
  env?: Readonly<Record<string, string>>;
  cwd?: string;
  /** Standard input. */
  input?: string;
  /** A line of shell that runs the command as `"$@"`, such as `exec "$@" > /dev/full`. */
  shell?: string;
  /** Sends the process this signal once `once` is true; with `again`, repeatedly until it ends. */
  signal?: { name: NodeJS.Signals; once: () => boolean; again?: true };
}

// `npm run latchkey` passes it too.
const { NODE_COMPILE_CACHE = '' } = process.env;

/** Runs the command as a person would, in a process of its own, with nothing else from this process's environment. */
export function latchkey(
  args: readonly string[],
  { env = {}, cwd, input = '', shell, signal }: Setting = {},
): Promise<Ran> {
  const command = [process.execPath, main, ...args];
  const [program = '', ...words] = shell === undefined ? command : ['sh', '-c', shell, 'sh', ...command];
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, {
      cwd,
      env: { HOME: '/nonexistent', LANG: 'en_US.UTF-8', NODE_COMPILE_CACHE, ...env },
    });
    const ran: Ran = { code: null, data: '', prose: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (ran.data += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (ran.prose += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ ...ran, code }));
    child.stdin.end(input);
    if (!signal) return;
    const watch = setInterval(() => {
      if (!signal.once()) return;
      if (!signal.again) clearInterval(watch);
      child.kill(signal.name);
    }, 2);
    child.on('close', () => clearInterval(watch));
  });
}

/** The environment of a signed-in administrator. */
export const signedInTo = (stack: Stack, { session }: SignedIn): Record<string, string> => ({
  LATCHKEY_URL: stack.app,
  LATCHKEY_TOKEN: session.token,
});

/** A folder that is deleted after the test. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'latchkey-cli-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** The file of a kept session below XDG_CONFIG_HOME. */
export const keptIn = (home: string, profile: string): string =>
  join(home, 'latchkey', 'profiles', `${profile}.json`);

/** A CSV file in a folder of its own. */
export function csvFile(text: string | Uint8Array, cwd = folder()): string {
  const path = join(cwd, 'people.csv');
  writeFileSync(path, text);
  return path;
}
