import type { Stack } from '#local/stack/running-stack.ts';
import { readFunction } from '../harness/functions.ts';
import type { Figure } from '../harness/measure.ts';
import type { Work } from '../harness/metered-work.ts';
import { ratio, takeTurns, type Lot } from '../harness/metered.ts';
import { loadBundle, startEmpty } from '../harness/start-process.ts';

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

/** CPU time of a process that loads a function's bundle, as Lambda does at its cold start, against that of an empty one. */
export async function coldStartFigures(stack: Stack, assembly: string): Promise<Figure[]> {
  const lots: Record<string, () => Promise<Lot>> = {};
  for (const id of ids) {
    const { work, environment } = readFunction(stack, assembly, id);
    const { file } = work as Extract<Work, { kind: 'handler' }>;
    lots['node'] ??= () => startEmpty(environment);
    lots[id] = () => loadBundle(file, environment);
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
