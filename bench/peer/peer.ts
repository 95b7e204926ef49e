import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { report, type Figure } from '../harness/measure.ts';
import { ratio, takeTurns } from '../harness/metered.ts';
import { withStacks } from '../harness/stack.ts';
import { hasPostgres, startPostgres } from './postgres.ts';
import { atOnce, hashCost, openOurs, openPeer, tasks, type Side } from './sides.ts';

const place = fileURLToPath(new URL('../../.build/peer/', import.meta.url));
const program = 'program.mjs';

const warmUp = 4;
const rounds = 11;

/**
 * Installs the peer, which is not a dependency of ours, in the build directory. The program that runs it is copied there too,
 * because a module finds its packages from its own location.
 * @returns the program, if it could be installed.
 */
function install(): string | undefined {
  mkdirSync(place, { recursive: true });
  for (const name of ['package.json', 'package-lock.json', program])
    copyFileSync(new URL(`better-auth/${name}`, import.meta.url), join(place, name));
  const { npm_execpath: npm } = process.env;
  const [command, args] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const ci = [...args, 'ci', '--no-audit', '--no-fund'];
  return spawnSync(command, ci, { cwd: place, stdio: 'ignore' }).status === 0
    ? join(place, program)
    : undefined;
}

/** Our side against the peer, in turns: durations, and CPU time of the processes that answer, without the store. */
async function compare(name: string, ours: Side, peer: Side): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [kind, title] of Object.entries(tasks) as [keyof typeof tasks, string][]) {
    const taken = await takeTurns({ ours: ours[kind], peer: peer[kind] }, rounds, warmUp);
    const isBound = kind === 'session' && name === 'PostgreSQL';
    figures.push(
      {
        what: `${title}, ${atOnce} at once, to Better Auth's on ${name}: duration`,
        value: ratio(taken.ours, taken.peer, 'elapsed'),
        unit: '×',
        ...(isBound && { bound: { at: 'most', value: 0.6 } }),
      },
      { what: 'the same: CPU', value: ratio(taken.ours, taken.peer), unit: '×' },
    );
  }
  return report(figures);
}

/** Durations and CPU time, compared with Better Auth 1.7.5 on SQLite in memory and on PostgreSQL over loopback. */
export async function benchPeer(): Promise<Figure[]> {
  const file = install();
  if (file === undefined) {
    console.log('Skipped: Better Auth cannot be installed here.');
    return [];
  }
  const settings = { rates: 'off', captcha: 'off', mailFrom: null, bcryptCost: hashCost };
  const figures: Figure[] = [];
  const against = (name: string, address?: string): Promise<Figure[]> =>
    withStacks(1, settings, async ([stack], assembly) => {
      const sides = [
        await openOurs(stack!, assembly, warmUp + rounds),
        await openPeer(file, address, warmUp + rounds),
      ] as const;
      return compare(name, ...sides).finally(() => sides.forEach((side) => side.stop()));
    });
  figures.push(...(await against('SQLite')));
  if (!hasPostgres) {
    console.log("Skipped on PostgreSQL: this machine does not have Debian's package postgresql.");
    return figures;
  }
  const server = await startPostgres();
  try {
    figures.push(...(await against('PostgreSQL', server.address)));
  } finally {
    server.stop();
  }
  return figures;
}
