import { randomBytes } from 'node:crypto';
import { setImmediate as afterOthers } from 'node:timers/promises';
import * as fc from 'fast-check';
import { canConflict, type Hold } from '#local/gateway/faults.ts';
import type { Stack } from '#local/stack/running-stack.ts';
import type { Answered } from '../../harness/http/http.ts';

/** A fault of one AWS call of a race. Calls are counted in the order in which they are served. */
export interface Mishap {
  call: number;
  kind: NonNullable<Awaited<ReturnType<Hold>>>;
}

/** Most races have no faults: each fault costs the pause before a retry. */
export const mishaps = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Mishap[]>([]) },
  {
    weight: 1,
    arbitrary: fc.array(
      fc.record({
        call: fc.integer({ min: 1, max: 25 }),
        kind: fc.constantFrom('lost' as const, 'conflict' as const),
      }),
      { minLength: 1, maxLength: 2 },
    ),
  },
);

/** A request of a race. Its headers carry the trace that attributes the function's AWS calls to it. */
export type Racer<Answer extends Answered = Answered> = (headers: Record<string, string>) => Promise<Answer>;

interface Lane {
  name: string;
  /** Calls that wait for their turn. */
  waiting: number;
  ended: boolean;
}

const newTrace = (): string => `Root=1-${randomBytes(4).toString('hex')}-${randomBytes(12).toString('hex')}`;

/**
 * Sends requests at once and lets the scheduler decide whose AWS call is served next, one at a time. No call is served before each
 * request waits for a call or has its answer, so that the order depends on the seed alone. `events`, such as midnight, happen when the
 * scheduler chooses them.
 */
export async function race<Answer extends Answered>(
  stack: Stack,
  scheduler: fc.Scheduler,
  racers: readonly Racer<Answer>[],
  {
    mishaps: list = [],
    events = {},
  }: { mishaps?: readonly Mishap[]; events?: Record<string, () => void> } = {},
): Promise<Answer[]> {
  const lanes = new Map<string, Lane>();
  let wake = (): void => undefined;
  let served = 0;
  stack.hold(async (call) => {
    const { trace, action, tables } = call;
    const lane = lanes.get(trace);
    if (!lane) return undefined;
    const turn = scheduler.schedule(Promise.resolve(), `${lane.name} ${action} ${tables.join(' ')}`);
    lane.waiting += 1;
    wake();
    await turn;
    lane.waiting -= 1;
    served += 1;
    const kind = list.find((one) => one.call === served)?.kind;
    return kind === 'conflict' && !canConflict(call) ? undefined : kind;
  });
  for (const [name, happen] of Object.entries(events))
    void scheduler.schedule(Promise.resolve(), name).then(happen);
  const answers = racers.map(async (send, at) => {
    const lane = { name: `request ${at}`, waiting: 0, ended: false };
    const trace = newTrace();
    lanes.set(trace, lane);
    try {
      return await send({ 'x-amzn-trace-id': trace });
    } finally {
      lane.ended = true;
      wake();
    }
  });
  const all = Promise.all(answers);
  all.catch(() => undefined);
  try {
    for (;;) {
      while ([...lanes.values()].some(({ waiting, ended }) => !ended && waiting === 0))
        await new Promise<void>((resolve) => void (wake = resolve));
      // If a request makes several calls at once, they all arrive in this moment.
      await afterOthers();
      if (scheduler.count() === 0) break;
      await scheduler.waitNext(1);
      await afterOthers();
    }
    return await all;
  } finally {
    stack.hold(undefined);
  }
}
