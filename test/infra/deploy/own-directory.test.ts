import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inOwnDirectory } from '#infra/deploy/own-directory.ts';

/** Runs an action that writes into its own directory and then ends in this way. @returns the directory. */
async function directoryOf(end: () => Promise<void>): Promise<string> {
  let found = '';
  const doing = inOwnDirectory(async (directory) => {
    found = directory;
    writeFileSync(join(directory, 'a.template.json'), '{}');
    await end();
  });
  await doing.catch((error: Error) => expect(error.message).toBe('cdk deploy ended with 1.'));
  return found;
}

test('R8.1: the templates of each command are in a directory of its own, which goes when it is done or has failed', async () => {
  const ends = [async () => undefined, () => Promise.reject(new Error('cdk deploy ended with 1.'))];
  const directories = await Promise.all(ends.map(directoryOf));
  expect(new Set(directories).size).toBe(2);
  expect(directories.filter(existsSync)).toEqual([]);
  expect(process.listeners('SIGTERM')).toEqual([]);
});

const script = `
  import { inOwnDirectory } from '#infra/deploy/own-directory.ts';
  await inOwnDirectory(async (directory) => {
    console.log(directory);
    await new Promise((resolve) => setTimeout(resolve, 60_000));
  });`;

test.skipIf(process.platform === 'win32').each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('R8.1: it goes also where %s ends the command', async (signal, code) => {
  const args = ['--input-type=module', '-e', script];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const directory = line.toString().trim();
  expect(existsSync(directory)).toBe(true);
  child.kill(signal);
  expect((await once(child, 'exit'))[0]).toBe(code);
  expect(existsSync(directory)).toBe(false);
});
