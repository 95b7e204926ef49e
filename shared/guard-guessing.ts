import type { Ports } from './capability.ts';
import { day, hour } from './clock.ts';
import { whenToTry, type Budget, type countTries } from './data/tries.ts';
import { Failure } from './errors/failure.ts';
import { addressBucket } from './http/address.ts';

/** Wrong codes from one address (IPv6: one /64): people mistype, programs guess. */
const perAddress: Budget = { limit: 10, window: hour };

/**
 * Wrong codes from everywhere. With 10,000 open invites a random code of 50 bits is hit by one guess in 10^11;
 * 300 guesses a day keep the chance of any hit in a year below one in a million (docs/guessing.md).
 */
const perDeployment: Budget = { limit: 300, window: day };

type Tools = Ports<readonly [typeof countTries]>;

/**
 * Looks something up by a short code, within the budgets for wrong ones.
 * @param find undefined means that the code was wrong.
 * @throws Failure `rate_limited` when a budget is used up. This is the place to ask for a captcha instead.
 */
export async function guardGuessing<Found>(
  address: string,
  { tries }: Tools,
  now: number,
  find: () => Promise<Found | undefined>,
): Promise<Found | undefined> {
  const budgets = [
    [`code#${addressBucket(address)}`, perAddress],
    ['code', perDeployment],
  ] as const;
  const taken: (typeof budgets)[number][] = [];
  let wrong = false;
  try {
    for (const [name, budget] of budgets) {
      const until = await tries.take(name, budget, now);
      if (until !== undefined) throw new Failure('rate_limited', whenToTry(budget, until, now));
      taken.push([name, budget]);
    }
    const found = await find();
    wrong = found === undefined;
    return found;
  } finally {
    // What could not be looked up was not wrong.
    for (const [name, budget] of taken) await tries.settle(name, budget, now, wrong);
  }
}
