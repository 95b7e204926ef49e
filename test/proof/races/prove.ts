import { randomInt } from 'node:crypto';
import * as fc from 'fast-check';
import { test } from 'vitest';
import type { Stack } from '#local/stack/running-stack.ts';
import type { Answered } from '../../harness/http/http.ts';
import { firstAdmin, type SignedIn } from '../../harness/people/people.ts';
import { volume } from '../../harness/volume.ts';

/** A number from the environment variable `name`, else the usual one. */
export const wished = (name: string, usual: number): number => Number(process.env[name] ?? usual);

/** The number of models. Each gets the same share of the races. */
const models = 8;
const runs = Math.ceil(wished('LATCHKEY_SCHEDULES', volume(1_000_000, 24)) / models);

/** Races before the stack's tables are emptied. */
const perLot = 500;

/** The seed of the first lot: the same in every ordinary run, a random one in every proof. */
export const seed = wished('LATCHKEY_SEED', volume(randomInt(2 ** 31 - 1_000_000), 15));

/** Prints a line in a proof or with a given seed. Ordinary runs print none. */
export function tell(text: string): void {
  if (volume(1, 0) === 1 || process.env['LATCHKEY_SEED']) console.log(`${text}, from seed ${seed}`);
}

/** Each answer in one word: an error's code, else the status. */
export const outcomes = (answers: readonly Answered[]): string[] =>
  answers.map(({ status, json }) => {
    const { code, error } = (json ?? {}) as { code?: string; error?: unknown };
    return code ?? (typeof error === 'string' ? error : String(status));
  });

interface Proof<Plan, World> {
  name: string;
  plan: fc.Arbitrary<Plan>;
  /** Prepares, on an empty stack, what all races of a lot use. */
  prepare(admin: SignedIn): Promise<World>;
  /** Runs a race and compares its outcome with the model. */
  race(scheduler: fc.Scheduler, plan: Plan, world: World, admin: SignedIn): Promise<void>;
}

/**
 * Tests a model by many schedules. A failure prints the seed of its lot and the order of calls that broke the model. With
 * `LATCHKEY_SEED`, the next run begins with that lot.
 */
export function prove<Plan, World>(
  stack: () => Stack,
  { name, plan, prepare, race }: Proof<Plan, World>,
): void {
  // Far more than it takes: even a busy machine runs a race of the relay in some two seconds.
  test(name, { timeout: 120_000 + runs * 5_000 }, async () => {
    const start = performance.now();
    for (let done = 0, lot = seed; done < runs; done += perLot, lot += 1) {
      await stack().reset();
      const admin = await firstAdmin(stack());
      const world = await prepare(admin);
      const property = fc.asyncProperty(fc.scheduler(), plan, (scheduler, one) =>
        race(scheduler, one, world, admin),
      );
      // Shrinking would try a smaller plan on a stack in another state than at the failure.
      await fc.assert(property, { seed: lot, numRuns: Math.min(perLot, runs - done), endOnFailure: true });
    }
    const rate = (runs / (performance.now() - start)) * 1_000;
    tell(`${name}: ${runs} schedules, ${rate.toFixed(1)} a second`);
  });
}
