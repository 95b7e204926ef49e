import type { Figure } from '../harness/measure.ts';
import { Metered, takeTurns } from '../harness/metered.ts';
import { questionAt, sampleKey } from './people.ts';
import type { RelayBench } from './relay-bench.ts';

const megabyte = 1024 * 1024;
const answerBytes = 50 * megabyte;

/** The size and number of answers before the measurement, so that the function has started and run. */
const warmUpBytes = 5 * megabyte;
const warmUp = 3;
const rounds = 7;

/** How long the slow reader stops reading. The whole answer would arrive in that time. */
const pauseMs = 2_000;
const slowRounds = 3;

/** The largest growth of this process's resident memory while `work` runs, in bytes. */
async function growth(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage.rss();
  let peak = before;
  const look = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 2);
  await work().finally(() => clearInterval(look));
  return peak - before;
}

/** The throughput of a large answer through the relay, and the memory that it takes in the process that runs the whole stack. */
export async function streamFigures({ stack, standIn, holders }: RelayBench): Promise<Figure[]> {
  const client = new Metered({ kind: 'ask', until: 'end' });
  let bytes = 0;
  const fill = (to: number) => standIn.behave([{ kind: 'stream', bytes: (bytes = to) }]);
  const ask = async (base: string, token: string, more = {}) => {
    const lot = await client.run([questionAt(base, token, more)]);
    if (Math.abs(Number(lot.last) - bytes) > megabyte) throw new Error(`an answer of ${lot.last} bytes came`);
    return lot;
  };
  const relayed = (more = {}) => ask(stack.relay!, holders[0]!.token, more);
  const [grown, grownSlowly]: [number[], number[]] = [[], []];
  try {
    await fill(warmUpBytes);
    for (let round = 0; round < warmUp; round += 1) await relayed();
    await fill(answerBytes);
    // Measured first, because the first large answers cause the most growth.
    for (let round = 0; round < rounds; round += 1) grown.push(await growth(relayed));
    for (let round = 0; round < slowRounds; round += 1)
      grownSlowly.push(await growth(() => relayed({ pauseMs })));
    const taken = await takeTurns(
      { direct: () => ask(standIn.url, sampleKey), relayed: () => relayed() },
      rounds,
      warmUp,
    );
    const most = (all: number[]) => Math.max(...all) / megabyte;
    return [
      {
        what: '50 MB streamed, from the stand-in directly',
        value: 50_000 / taken.direct.elapsed,
        unit: 'MB/s',
      },
      {
        what: '50 MB streamed, throughput of the relay to that',
        value: taken.direct.elapsed / taken.relayed.elapsed,
        unit: '×',
        bound: { at: 'least', value: 0.5 },
      },
      {
        what: `growth of the stack's memory by it, most of ${rounds}`,
        value: most(grown),
        unit: 'MB',
        bound: { at: 'most', value: 20 },
      },
      {
        what: `the same, with a reader who stops for ${pauseMs / 1_000} s`,
        value: most(grownSlowly),
        unit: 'MB',
        bound: { at: 'most', value: 20 },
      },
    ];
  } finally {
    await standIn.behave([]);
    client.stop();
  }
}
