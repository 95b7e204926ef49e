import type { Stack } from '#local/stack/running-stack.ts';
import { eventOf, meteredFunction } from '../harness/functions.ts';
import type { Figure } from '../harness/measure.ts';
import { Metered, ratio, takeTurns } from '../harness/metered.ts';
import type { Person } from '../harness/people.ts';
import { recordCalls } from '../harness/record-calls.ts';

const warmUp = 8;
const rounds = 15;
const callsPerRound = 100;

const repeated = (input: string) => Array<string>(callsPerRound).fill(input);

/** CPU time of "who am I" against that of its one DynamoDB call. Each runs in its own process. */
export async function whoFigures(stack: Stack, assembly: string, { session }: Person): Promise<Figure[]> {
  const event = eventOf('me-read', { token: session.token });
  const { calls, answer } = await recordCalls(stack, assembly, 'me-read', [event, event]);
  if (!answer.includes('username')) throw new Error(`me-read answered ${answer}`);
  const { metered: who, environment } = meteredFunction(stack, assembly, 'me-read');
  const bare = new Metered({ kind: 'calls', before: calls }, environment);
  try {
    const taken = await takeTurns(
      { who: () => who.run(repeated(event)), bare: () => bare.run(repeated('')) },
      rounds,
      warmUp,
    );
    const made = calls.map(({ action }) => action).join(', ');
    return [
      { what: `CPU of a bare ${made}`, value: taken.bare.cpu, unit: 'ms' },
      {
        what: 'CPU of "who am I", to the bare call',
        value: ratio(taken.who, taken.bare),
        unit: '×',
        bound: { at: 'most', value: 1.15 },
      },
    ];
  } finally {
    who.stop();
    bare.stop();
  }
}
