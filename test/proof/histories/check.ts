import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FaultRequest } from '#local/gateway/faults.ts';
import type { Stack } from '#local/stack/running-stack.ts';
import { firstAdmin, type SignedIn } from '../../harness/people/people.ts';
import { volume } from '../../harness/volume.ts';
import { linearize, showHistory, type History, type Specification } from '../linearizable.ts';
import { seed, tell, wished } from '../races/prove.ts';

/** What histories are about, of which each gets the same part. */
const subjects = 4;
const runs = Math.ceil(wished('LATCHKEY_HISTORIES', volume(10_000, 8)) / subjects);

/** Histories on one stack: its tables are emptied after them. */
const perLot = 200;

/** Answers of AWS that are lost: a function asks three times before it gives up, and has done it then. */
const losses = fc.oneof(
  { weight: 2, arbitrary: fc.constant<FaultRequest[]>([]) },
  fc
    .record({
      kind: fc.constant('lost' as const),
      action: fc.constantFrom('TransactWriteItems', 'UpdateItem'),
      nth: fc.integer({ min: 1, max: 4 }),
      times: fc.constantFrom(1, 3, 6),
    })
    .map((one): FaultRequest[] => [one]),
);

interface Check<Plan, World, State, Input, Output> {
  name: string;
  plan: fc.Arbitrary<Plan>;
  prepare(admin: SignedIn): Promise<World>;
  /** Lets several clients act at once, and gives what they took down. `lose` begins to lose answers. */
  act(
    plan: Plan,
    world: World,
    admin: SignedIn,
    lose: () => void,
  ): Promise<{
    history: History<Input, Output>;
    specification: Specification<State, Input, Output>;
  }>;
}

/** Tests that whatever clients see at the same time could also have happened one after the other. */
export function checkHistories<Plan, World, State, Input, Output>(
  stack: () => Stack,
  { name, plan, prepare, act }: Check<Plan, World, State, Input, Output>,
): void {
  test(name, { timeout: 120_000 + runs * 2_000 }, async () => {
    const start = performance.now();
    let unanswered = 0;
    for (let done = 0, lot = seed; done < runs; done += perLot, lot += 1) {
      await stack().reset();
      const admin = await firstAdmin(stack());
      const world = await prepare(admin);
      const property = fc.asyncProperty(plan, losses, async (one, lost) => {
        const { history, specification } = await act(one, world, admin, () => stack().faults(lost));
        stack().faults([]);
        unanswered += history.events.filter(({ output }) => output === undefined).length;
        expect(linearize(history.events, specification), showHistory(history.events)).toBeDefined();
      });
      await fc.assert(property, { seed: lot, numRuns: Math.min(perLot, runs - done), endOnFailure: true });
    }
    const rate = (runs / (performance.now() - start)) * 1_000;
    tell(`${name}: ${runs} histories with ${unanswered} lost answers, ${rate.toFixed(1)} a second`);
  });
}
