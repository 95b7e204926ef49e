import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { root } from '../../rules/files.ts';

/** The synthesizing process that `pid` has started; undefined if there is none yet. */
const synthesisOf = (pid: number): number | undefined =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .split(' ')
    .map(Number)
    .find((child) => child > 0 && readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('infra/app.ts'));

/** Whether a process runs. An ended process whose parent has not yet collected it does not. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

test.skipIf(process.platform !== 'linux').each([
  ['SIGINT to all of it, as Ctrl-C sends', 'SIGINT', -1],
  ['SIGTERM to it alone', 'SIGTERM', 1],
] as const)(
  'C114: %s, before it is ready, ends `npm start` without a word of failure, and its synthesis with it',
  async (_what, signal, all) => {
    const starting = spawn(process.execPath, ['local/start.ts', '--memory', '--port', '0'], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    });
    const { pid } = starting as { pid: number };
    onTestFinished(() => void starting.kill('SIGKILL'));
    const said = text(starting.stderr);
    const ended = once(starting, 'exit');
    await expect.poll(() => synthesisOf(pid), { timeout: 60_000 }).toBeDefined();
    const synthesis = synthesisOf(pid)!;
    process.kill(all * pid, signal);
    expect(await ended).toEqual([0, null]);
    expect(await said).toBe('');
    await expect.poll(() => isRunning(synthesis)).toBe(false);
  },
);
