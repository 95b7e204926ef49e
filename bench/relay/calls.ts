import { eventOf, meteredFunction } from '../harness/functions.ts';
import type { Figure } from '../harness/measure.ts';
import { Metered, ratio, takeTurns } from '../harness/metered.ts';
import { recordRelay } from './record-relay.ts';
import type { RelayBench } from './relay-bench.ts';

const warmUp = 8;
const rounds = 15;
const callsPerRound = 100;

/** The parts of one relayed call: its AWS calls, in order, and the CPU time of its function. */
export async function callFigures({ stack, assembly, holders }: RelayBench): Promise<Figure[]> {
  const { metered: relay, environment } = meteredFunction(stack, assembly, 'relay');
  const recorded = await recordRelay(stack, assembly, holders[0]!);
  const bare = new Metered({ kind: 'calls', ...recorded }, environment);
  const event = eventOf('relay', { token: holders[0]!.token });
  const repeated = (input: string) => Array<string>(callsPerRound).fill(input);
  try {
    await relay.run([event]);
    stack.clearCalls();
    const { last } = await relay.run([event]);
    if (last !== '{"statusCode":200}') throw new Error(`the relay answered ${last}`);
    const calls = stack.calls();
    const taken = await takeTurns(
      { relay: () => relay.run(repeated(event)), bare: () => bare.run(repeated('')) },
      rounds,
      warmUp,
    );
    return [
      ...calls.map(({ action, resources }, at) => ({
        what: `AWS call ${at + 1} of a relayed call: ${action} ${resources.join(', ').replaceAll('table/', '')}`,
        value: 1,
        unit: '',
      })),
      { what: "CPU of the relay's function, a call", value: taken.relay.cpu, unit: 'ms' },
      {
        what: 'that, to its AWS calls, bare',
        value: ratio(taken.relay, taken.bare),
        unit: '×',
        bound: { at: 'most', value: 1.3 },
      },
    ];
  } finally {
    relay.stop();
    bare.stop();
  }
}
