import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { Stack } from '#local/stack/running-stack.ts';
import { readFunction } from '../harness/functions.ts';
import type { Figure } from '../harness/measure.ts';
import type { Work } from '../harness/metered-work.ts';
import { ratio, takeTurns, type Lot } from '../harness/metered.ts';

const ids = [
  'authorization-create',
  'oauth-token',
  'oauth-revoke',
  'oauth-logout',
  'userinfo-read',
  'openid-read',
  'jwks-read',
];

const warmUp = 2;
const rounds = 15;

/** Has a process tell the CPU time of its whole life. */
const tell = "process.on('exit', () => fs.writeSync(1, JSON.stringify(process.cpuUsage())))";

/** Starts Node, lets it do `script`, and waits for its end. */
async function start(script: string, environment: Record<string, string>): Promise<Lot> {
  const begun = performance.now();
  const child = spawn(process.execPath, ['-e', `${tell}\n${script}`], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [last, [code]] = await Promise.all([text(child.stdout), once(child, 'exit') as Promise<[number]>]);
  if (code !== 0) throw new Error(`a function did not start: ${script} ended with ${code}`);
  const { user, system } = JSON.parse(last) as NodeJS.CpuUsage;
  return { cpu: (user + system) / 1_000, elapsed: performance.now() - begun, answers: [last], last };
}

/** CPU time of a process that loads a function's bundle, as Lambda does at its cold start, against that of an empty one. */
export async function coldStartFigures(stack: Stack, assembly: string): Promise<Figure[]> {
  const lots: Record<string, () => Promise<Lot>> = {};
  for (const id of ids) {
    const { work, environment } = readFunction(stack, assembly, id);
    const { file } = work as Extract<Work, { kind: 'handler' }>;
    lots['node'] ??= () => start('0', environment);
    lots[id] = () => start(`require(${JSON.stringify(file)})`, environment);
  }
  const { node, ...functions } = await takeTurns(lots, rounds, warmUp);
  return [
    { what: 'CPU of an empty Node process', value: node!.cpu, unit: 'ms' },
    ...Object.entries(functions).map(([id, cold]): Figure => ({
      what: `CPU of the cold start of ${id}, to that`,
      value: ratio(cold, node!),
      unit: '×',
      bound: { at: 'most', value: 4 },
    })),
  ];
}
