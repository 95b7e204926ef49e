import type { Engine } from '#local/engine/engine.ts';
import type { Stack } from '#local/stack/running-stack.ts';
import { meteredFunction } from '../harness/functions.ts';
import { report, type Figure } from '../harness/measure.ts';
import { ratio, takeTurns } from '../harness/metered.ts';
import type { Asked } from './operations.ts';
import type { Spent, SwitchedEngine } from './switched-engine.ts';

const rounds = 11;
const warmUp = 5;
const perLot = 6;
/** Calls of an operation at each size, including those before the lots. */
export const mostCalls = 2 + (rounds + warmUp) * perLot;
/** The factor by which cost may grow. */
const bound = 1.05;

/** Throws if an answer shows that the operation did not do its work. */
function check(what: string, answers: readonly string[]): void {
  for (const answer of answers) {
    const { statusCode } = JSON.parse(answer) as { statusCode: number };
    if (statusCode >= 300) throw new Error(`${what} answered ${answer.slice(0, 500)}`);
  }
}

/** The cost of one operation at each size, in one process for all sizes. */
async function measure(
  stack: Stack,
  assembly: string,
  engine: SwitchedEngine,
  engines: ReadonlyMap<number, Engine>,
  { what, id, event, looksAtMost }: Asked,
): Promise<Figure[]> {
  const { metered } = meteredFunction(stack, assembly, id);
  const sizes = [...engines.keys()];
  const run = async (size: number, first: number, count: number) => {
    engine.use(engines.get(size)!.url);
    const lot = await metered.run(Array.from({ length: count }, (_, n) => event(first + n)));
    check(what, lot.answers);
    return lot;
  };
  try {
    const spent = new Map<number, Spent>();
    for (const size of sizes) {
      await run(size, 0, 1);
      spent.set(size, await engine.count(() => run(size, 1, 1)));
    }
    console.log(`${what}: ${sizes.map((size) => JSON.stringify(spent.get(size))).join(' ')}`);
    const larger = sizes.slice(1);
    if (looksAtMost !== undefined)
      return larger.map((size) => ({
        what: `${what}, rows looked at of ${size}`,
        value: spent.get(size)!.evaluated,
        unit: '',
        bound: { at: 'most', value: looksAtMost + 1_000 },
      }));
    const lots = Object.fromEntries(
      sizes.map((size) => [String(size), (round: number) => run(size, 2 + round * perLot, perLot)]),
    );
    const taken = await takeTurns(lots, rounds, warmUp);
    const few = spent.get(sizes[0]!)!;
    return larger.flatMap((size): Figure[] => {
      const [many, at] = [spent.get(size)!, `${what}, ${size} rows to ${sizes[0]}`];
      const most = { at: 'most', value: bound } as const;
      return [
        { what: `${at}: calls`, value: many.calls / few.calls, unit: '×', bound: most },
        { what: `${at}: capacity`, value: many.capacity / few.capacity, unit: '×', bound: most },
        {
          what: `${at}: CPU`,
          value: ratio(taken[String(size)]!, taken[String(sizes[0])]!),
          unit: '×',
          bound: most,
        },
      ];
    });
  } finally {
    metered.stop();
  }
}

/** The figures of all operations. */
export async function growthOf(
  stack: Stack,
  assembly: string,
  engine: SwitchedEngine,
  engines: ReadonlyMap<number, Engine>,
  operations: readonly Asked[],
): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const operation of operations)
    figures.push(...report(await measure(stack, assembly, engine, engines, operation)));
  return figures;
}
