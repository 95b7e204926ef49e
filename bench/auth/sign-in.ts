import { availableParallelism } from 'node:os';
import { hash } from 'bcryptjs';
import type { Stack } from '#local/stack/running-stack.ts';
import { eventOf, meteredFunction } from '../harness/functions.ts';
import { timed, type Figure } from '../harness/measure.ts';
import { Metered, ratio, takeTurns, timedLot } from '../harness/metered.ts';
import { password } from '../harness/credentials.ts';
import type { Person } from '../harness/people.ts';
import { post } from '../harness/stack.ts';

const rounds = 9;
/**
 * One compare runs the same code thousands of times, so V8 soon compiles it. The code around it runs once per sign-in and needs
 * these rounds.
 */
const warmUp = 20;

/** The local stack's instances of a function: this many sign-ins are hashed at a time, on as many cores. */
const instances = 4;
const cores = Math.min(instances, availableParallelism());

const signIn = ({ login }: Person) => ({ login, password, transport: 'token' });

/**
 * A sign-in against one bare compare by the same library at the same cost. Both run in separate processes, and the compare has
 * nothing around it. Also a sign-in through the local stack with API Gateway, for information only.
 */
export async function signInFigures(
  stack: Stack,
  assembly: string,
  person: Person,
  cost: number,
): Promise<{ figures: Figure[]; compare: number }> {
  const { metered: whole, environment } = meteredFunction(stack, assembly, 'session-create');
  const bare = new Metered({ kind: 'compare', hash: await hash('-'.repeat(43), cost) }, environment);
  const event = eventOf('session-create', { body: signIn(person) });
  const create = async () => {
    const lot = await whole.run([event]);
    const { statusCode } = JSON.parse(lot.last) as { statusCode: number };
    if (statusCode !== 201) throw new Error(`session-create answered ${lot.last}`);
    return lot;
  };
  const ask = () => timedLot(() => post(stack, '/v1/sessions', signIn(person)));
  try {
    const lots = { compare: () => bare.run(['+'.repeat(43)]), create, ask };
    const taken = await takeTurns(lots, rounds, warmUp);
    const { compare } = taken;
    return {
      compare: compare.cpu,
      figures: [
        { what: `CPU of one bare bcrypt compare, cost ${cost}`, value: compare.cpu, unit: 'ms' },
        {
          what: 'CPU of session-create, to the compare',
          value: ratio(taken.create, compare),
          unit: '×',
          bound: { at: 'most', value: 1.03 },
        },
        {
          what: 'duration of session-create, to the compare',
          value: taken.create.elapsed / compare.elapsed,
          unit: '×',
        },
        {
          what: 'sign-in on the local stack, to the compare',
          value: taken.ask.elapsed / compare.elapsed,
          unit: '×',
        },
      ],
    };
  } finally {
    whole.stop();
    bare.stop();
  }
}

/**
 * All of `people` sign in at once.
 * @param compare CPU time of one compare at this cost, in milliseconds.
 * @returns also how many succeeded within API Gateway's time limit.
 */
export async function crowdFigures(
  stack: Stack,
  people: readonly Person[],
  cost: number,
  compare: number,
): Promise<{ figures: Figure[]; done: number }> {
  let done = 0;
  const elapsed = await timed(() =>
    Promise.allSettled(
      people.map(async (person) => {
        await post(stack, '/v1/sessions', signIn(person));
        done += 1;
      }),
    ),
  );
  const figures: Figure[] = [
    {
      what: `sign-ins of ${people.length} accounts at once that succeed, cost ${cost}`,
      value: done,
      unit: '',
      bound: { at: 'least', value: people.length },
    },
    { what: 'until the last of them is answered', value: elapsed / 1_000, unit: 's' },
    {
      what: `that time, to bcrypt alone on ${cores} free cores`,
      value: elapsed / ((people.length * compare) / cores),
      unit: '×',
    },
  ];
  return { figures, done };
}
