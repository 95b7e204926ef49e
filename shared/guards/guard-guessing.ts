import type { Ports } from '../deployment/capability.ts';
import { day, hour } from '../clock.ts';
import type { requireCaptchas } from './require-captchas.ts';
import { whenToTry, type Budget, type countTries } from './tries.ts';
import { Failure } from '../errors/failure.ts';
import { addressBucket } from '../http/address.ts';
import type { Request } from '../http/request.ts';

interface GuessBudget extends Budget {
  /** So many of the tries need no captcha. */
  free: number;
}

/** Wrong codes from one address (IPv6: one /64): people mistype, programs guess. */
const perAddress: GuessBudget = { free: 5, limit: 10, windowMs: hour };

/**
 * Wrong codes from everywhere. With 10,000 open invites a random code of 50 bits is hit by one guess in 10^11;
 * 300 guesses a day keep the chance of any hit in a year below one in a million (docs/guessing.md).
 */
const perDeployment: GuessBudget = { free: 100, limit: 300, windowMs: day };

export type GuessTools = Ports<readonly [typeof countTries, typeof requireCaptchas]>;

/** Who looks something up by a short code. */
export interface Guesser {
  request: Pick<Request, 'id' | 'address'>;
  captcha: string | undefined;
  /** Whether the code is easily guessed, so that each look-up needs a captcha. */
  isEasy: boolean;
}

/**
 * Looks something up by a short code, within the budgets for wrong ones.
 * @param find undefined means that the code was wrong.
 * @throws Failure `captcha_required` when the code is easily guessed or a budget runs low, and no captcha was solved, `rate_limited` when it is used
 * up.
 */
export async function guardGuessing<Found>(
  { request, captcha, isEasy }: Guesser,
  { tries, captchas }: GuessTools,
  now: number,
  find: () => Promise<Found | undefined>,
): Promise<Found | undefined> {
  const budgets = [
    [`code#${addressBucket(request.address)}`, perAddress],
    ['code', perDeployment],
  ] as const;
  const taken: (typeof budgets)[number][] = [];
  let isLow = isEasy;
  let wrong = false;
  try {
    for (const [name, budget] of budgets) {
      let until = await tries.take(name, { ...budget, limit: budget.free }, now);
      if (until !== undefined) {
        isLow = true;
        until = await tries.take(name, budget, now);
      }
      if (until !== undefined) throw new Failure('rate_limited', whenToTry(budget, until, now));
      taken.push([name, budget]);
    }
    // Last of all, so that no captcha is spent in vain.
    if (isLow) await captchas.require(captcha, request.id, now);
    const found = await find();
    wrong = found === undefined;
    return found;
  } finally {
    // What could not be looked up was not wrong.
    for (const [name, budget] of taken) await tries.settle(name, budget, now, wrong);
  }
}
