import { randomInt } from 'node:crypto';
import * as fc from 'fast-check';
import { test } from 'vitest';
import type { Stack } from '#local/stack/running-stack.ts';
import type { Answered } from '../../harness/http/http.ts';
import { firstAdmin, type SignedIn } from '../../harness/people/people.ts';
import { volume } from '../../harness/volume.ts';

/** A number from the environment, for who wants another than the usual one. */
export const wished = (name: string, usual: number): number => Number(process.env[name] ?? usual);

/** Models, of which each gets the same part of all races. */
const models = 8;
const runs = Math.ceil(wished('LATCHKEY_SCHEDULES', volume(1_000_000, 24)) / models);

/** Races on one stack: its tables are emptied after them. */
const perLot = 500;

/** Of the first lot: the same in each run, another in each proof. */
export const seed = wished('LATCHKEY_SEED', volume(randomInt(2 ** 31 - 1_000_000), 15));

/** Says what a proof has done; what each run does is not worth a line. */
export function tell(text: string): void {
  if (volume(1, 0) === 1 || process.env['LATCHKEY_SEED']) console.log(`${text}, from seed ${seed}`);
}

/** What an answer says in a word: the code of an error, else the status. */
export const outcomes = (answers: readonly Answered[]): string[] =>
  answers.map(({ status, json }) => {
    const { code, error } = (json ?? {}) as { code?: string; error?: unknown };
    return code ?? (typeof error === 'string' ? error : String(status));
  });

interface Proof<Plan, World> {
  name: string;
  plan: fc.Arbitrary<Plan>;
  /** Makes on an empty stack what all races of a lot use. */
  prepare(admin: SignedIn): Promise<World>;
  /** Runs a race and holds it against the model. */
  race(scheduler: fc.Scheduler, plan: Plan, world: World, admin: SignedIn): Promise<void>;
}

/**
 * Tests a model by many schedules. A failure says the seed of its lot, and the order of calls that broke the model:
 * with `LATCHKEY_SEED` the next run begins with that lot.
 */
export function prove<Plan, World>(
  stack: () => Stack,
  { name, plan, prepare, race }: Proof<Plan, World>,
): void {
  // No promise of how long it takes: a busy machine runs some ten races in a second.
  test(name, { timeout: 120_000 + runs * 1_000 }, async () => {
    const start = performance.now();
    for (let done = 0, lot = seed; done < runs; done += perLot, lot += 1) {
      await stack().reset();
      const admin = await firstAdmin(stack());
      const world = await prepare(admin);
      const property = fc.asyncProperty(fc.scheduler(), plan, (scheduler, one) =>
        race(scheduler, one, world, admin),
      );
      // A smaller plan would be tried on another stack than the one that failed.
      await fc.assert(property, { seed: lot, numRuns: Math.min(perLot, runs - done), endOnFailure: true });
    }
    const rate = (runs / (performance.now() - start)) * 1_000;
    tell(`${name}: ${runs} schedules, ${rate.toFixed(1)} a second`);
  });
}
