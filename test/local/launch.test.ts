import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Scripts with a help of their own: those of vitest, of operators, and of the command line. */
const own = new Set([
  'test',
  'prove',
  'synth',
  'bootstrap',
  'diff',
  'deploy',
  'destroy',
  'doctor',
  'latchkey',
]);

test('--help of each script says how it is used, and does nothing', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  for (const [name, script] of Object.entries(scripts).filter(([one]) => !own.has(one))) {
    const command = script.split(' ').at(-1)!;
    const { status, stdout } = spawnSync(process.execPath, ['local/launch.mjs', command, '--help'], {
      encoding: 'utf8',
    });
    expect({ name, status, stdout }).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(new RegExp(`^Usage: npm (run )?${name}`)),
    });
  }
});
