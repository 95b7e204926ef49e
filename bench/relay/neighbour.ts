import { setTimeout as wait } from 'node:timers/promises';
import { median, type Figure } from '../harness/measure.ts';
import { Metered } from '../harness/metered.ts';
import { questionAt, type Holder } from './people.ts';
import type { RelayBench } from './relay-bench.ts';

/** The load's calls per second, the seconds of a turn, and the turns of each kind. */
const callsPerSecond = 10;
const turnSeconds = 2;
const turns = 15;

/** Calls before the measurement, and how many at once, so that the instances have compiled their code. */
const warmUp = 1_500;
const atOnce = 4;

/** Milliseconds between two calls of the neighbour, on average. */
const restMs = 40;

/** The effect of one user's load on another user, compared with the same load by many users and with none. */
export async function neighbourFigures({ stack, holders }: RelayBench): Promise<Figure[]> {
  const [neighbour, hot, ...crowd] = holders as [Holder, Holder, ...Holder[]];
  const probe = new Metered({ kind: 'ask', until: 'first byte' });
  const load = new Metered({ kind: 'ask', until: 'end' });
  const times: Record<'none' | 'many' | 'one', number[]> = { none: [], many: [], one: [] };

  const turn = async (kind: keyof typeof times, isCounted: boolean): Promise<void> => {
    const users = { none: [], many: crowd, one: [hot] }[kind];
    const calls = Array.from({ length: users.length > 0 ? callsPerSecond * turnSeconds : 0 }, (_, at) =>
      questionAt(stack.relay!, users[at % users.length]!.token, { afterMs: (at * 1_000) / callsPerSecond }),
    );
    const end = performance.now() + turnSeconds * 1_000;
    const loaded = calls.length > 0 && load.run(calls, calls.length);
    while (performance.now() < end) {
      const { elapsed } = await probe.run([questionAt(stack.relay!, neighbour.token)]);
      if (isCounted) times[kind].push(elapsed);
      await wait(2 * restMs * Math.random());
    }
    await loaded;
  };

  try {
    const calls = Array.from({ length: warmUp }, (_, at) =>
      questionAt(stack.relay!, crowd[at % crowd.length]!.token),
    );
    await load.run(calls, atOnce);
    const kinds = Object.keys(times) as (keyof typeof times)[];
    for (let round = 0; round <= turns; round += 1)
      for (const kind of round % 2 === 0 ? kinds : kinds.toReversed()) await turn(kind, round > 0);
    const [none, many, one] = [median(times.none), median(times.many), median(times.one)];
    const bound = { at: 'most', value: 1.1 } as const;
    return [
      { what: 'first byte of a user while nobody else calls', value: none, unit: 'ms' },
      {
        what: `while one user makes ${callsPerSecond} calls a second, to ${crowd.length} who do`,
        value: one / many,
        unit: '×',
        bound,
      },
      { what: 'the same, to nobody', value: one / none, unit: '×', bound },
    ];
  } finally {
    probe.stop();
    load.stop();
  }
}
