import { serveBareRelay } from './bare-relay-host.ts';
import { readFunction } from '../harness/functions.ts';
import type { Figure } from '../harness/measure.ts';
import { Metered, takeTurns } from '../harness/metered.ts';
import { recordRelay } from './record-relay.ts';
import { questionAt, sampleKey } from './people.ts';
import type { RelayBench } from './relay-bench.ts';

/** Each instance still compiles after a thousand requests. */
const warmUp = 1_000;
const rounds = 400;

/**
 * The time that the relay adds until an answer's first byte, against the AWS calls that it must make. These calls are measured
 * bare, and in a function that does nothing else, because the local stack's path to a function and back also takes time.
 */
export async function firstByteFigures({ stack, assembly, standIn, holders }: RelayBench): Promise<Figure[]> {
  const holder = holders[0]!;
  const { environment } = readFunction(stack, assembly, 'relay');
  const client = new Metered({ kind: 'ask', until: 'first byte' });
  const ask = (question: string) => () => client.run([question]);
  const relayed = ask(questionAt(stack.relay!, holder.token));
  const calls = await recordRelay(stack, assembly, holder);
  const floor = await serveBareRelay(stack, assembly, calls, standIn.url);
  const bare = new Metered({ kind: 'calls', ...calls }, environment);
  try {
    const taken = await takeTurns(
      {
        direct: ask(questionAt(standIn.url, sampleKey)),
        relayed,
        floor: ask(questionAt(floor.url, sampleKey)),
        bare: () => bare.run(['']),
      },
      rounds,
      warmUp,
    );
    const [direct, whole] = [taken.direct.elapsed, taken.relayed.elapsed];
    return [
      { what: 'first byte, at the stand-in directly', value: direct, unit: 'ms' },
      { what: "the relay's five AWS calls before it, bare", value: taken.bare.elapsed, unit: 'ms' },
      { what: 'first byte, by a function of these calls alone', value: taken.floor.elapsed, unit: 'ms' },
      { what: 'first byte, through the relay', value: whole, unit: 'ms' },
      {
        what: 'what the relay adds to the direct call, to the bare calls',
        value: (whole - direct) / taken.bare.elapsed,
        unit: '×',
        bound: { at: 'most', value: 1.3 },
      },
      {
        what: 'what it adds, to what the function of them alone adds',
        value: (whole - direct) / (taken.floor.elapsed - direct),
        unit: '×',
      },
    ];
  } finally {
    client.stop();
    bare.stop();
    await floor.stop();
  }
}
