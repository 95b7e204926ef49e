import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FaultRequest } from '#local/gateway/faults.ts';
import type { Stack } from '#local/stack/running-stack.ts';
import { firstAdmin, type SignedIn } from '../../harness/people/people.ts';
import { volume } from '../../harness/volume.ts';
import { linearize, showHistory, type History, type Specification } from '../linearizable.ts';
import { seed, tell, wished } from '../races/prove.ts';

/** The number of models. Each gets the same share of the histories. */
const subjects = 4;
const runs = Math.ceil(wished('LATCHKEY_HISTORIES', volume(10_000, 8)) / subjects);

/** Histories before the stack's tables are emptied. */
const perLot = 200;

/** Lost answers of AWS. A function tries a call three times before it gives up, although the call was carried out. */
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
  /** Lets several clients act at once, and returns their history. `lose` starts losing answers. */
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

/** Tests that the clients' simultaneous observations could also have happened one after the other. */
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
