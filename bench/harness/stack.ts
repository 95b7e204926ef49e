import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '#local/stack/build.ts';
import { startStack } from '#local/stack/stack.ts';
import { type Stack } from '#local/stack/running-stack.ts';
import { password, tokenOf } from './credentials.ts';

/**
 * Runs `work` with stacks of the same settings and the directory of their templates, then stops them. They keep all data in
 * memory, or their tables in `store`.
 */
export async function withStacks<Result>(
  count: number,
  settings: Readonly<Record<string, unknown>>,
  work: (stacks: readonly Stack[], assembly: string) => Promise<Result>,
  store?: string,
): Promise<Result> {
  const assembly = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
  const stacks: Stack[] = [];
  try {
    await synthesize([{ settings, outDir: assembly }]);
    for (let started = 0; started < count; started += 1) stacks.push(await startStack({ assembly, store }));
    return await work(stacks, assembly);
  } finally {
    for (const stack of stacks) await stack.stop();
    rmSync(assembly, { recursive: true, force: true });
  }
}

/** Sends JSON and returns the answer's JSON. @throws if the answer is not a success. */
export async function send<Answer>(
  { app }: Stack,
  method: string,
  path: string,
  body: object,
  token?: string,
): Promise<Answer> {
  const response = await fetch(`${app}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path} answered ${response.status} ${text}`);
  return JSON.parse(text) as Answer;
}

export const post = <Answer>(stack: Stack, path: string, body: object, token?: string): Promise<Answer> =>
  send<Answer>(stack, 'POST', path, body, token);

/** The session token of the first administrator. */
export async function signInAdmin(stack: Stack): Promise<string> {
  const token = tokenOf((await stack.invoke('admin-bootstrap')) as { url: string });
  const account = { email: 'admin@example.com', username: 'admin', password };
  const { session } = await post<{ session: { token: string } }>(stack, '/v1/register', {
    ...account,
    token,
    transport: 'token',
  });
  return session.token;
}
