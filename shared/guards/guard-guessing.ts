import type { Ports } from '../deployment/capability.ts';
import { day, hour } from '../clock.ts';
import type { requireCaptchas } from './require-captchas.ts';
import type { countTries } from './tries.ts';
import { whenToTry, type Budget } from './when-to-try.ts';
import { Failure } from '../errors/failure.ts';
import { addressBucket } from '../http/address.ts';
import type { Request } from '../http/request.ts';

/** The name under which wrong guesses are counted, how many are allowed, and how many of them need no captcha (`free`). */
export interface GuessBudget extends Budget {
  name: string;
  free: number;
}

/** The limit of a budget that only the work for captchas bounds: every guess with a solved captcha is checked. */
export const unlimited = Number.MAX_SAFE_INTEGER;

/**
 * Budgets for wrong short codes. One is for each address (IPv6: each /64), as people mistype and programs guess. One is for all
 * addresses together: with 10,000 open invites a random code of 50 bits is hit by one guess in 10^11, so 300 guesses a day keep the
 * chance of any hit in a year below one in a million (docs/guessing.md).
 */
export const codeBudgets = ({ address }: Pick<Request, 'address'>): GuessBudget[] => [
  { name: `code#${addressBucket(address)}`, free: 5, limit: 10, windowMs: hour },
  { name: 'code', free: 100, limit: 300, windowMs: day },
];

export type GuessTools = Ports<readonly [typeof countTries, typeof requireCaptchas]>;

/** The caller, who guesses or knows a shared secret. */
export interface Guesser {
  request: Pick<Request, 'id' | 'address'>;
  captcha: string | undefined;
  /** Whether the secret is easily guessed, so that each try needs a captcha. */
  isEasy?: boolean;
}

/**
 * Looks something up by a secret that several people share, within the budgets for wrong secrets.
 * @param find undefined means that the secret was wrong.
 * @throws Failure `captcha_required` if the secret is easily guessed or a budget runs low, and no captcha was solved; `rate_limited` if
 * a budget is used up.
 */
export async function guardGuessing<Found>(
  budgets: readonly GuessBudget[],
  { request, captcha, isEasy = false }: Guesser,
  { tries, captchas }: GuessTools,
  now: number,
  find: () => Promise<Found | undefined>,
): Promise<Found | undefined> {
  const taken: GuessBudget[] = [];
  let isLow = isEasy;
  let wrong = false;
  try {
    for (const budget of budgets) {
      const { name, free } = budget;
      let until = await tries.take(name, { ...budget, limit: free }, now);
      if (until !== undefined) {
        isLow = true;
        until = await tries.take(name, budget, now);
      }
      if (until !== undefined) throw new Failure('rate_limited', whenToTry(budget, until, now));
      taken.push(budget);
    }
    // Last of all, so that no captcha is spent in vain.
    if (isLow) await captchas.require(captcha, request.id, now);
    const found = await find();
    wrong = found === undefined;
    return found;
  } finally {
    // A secret whose lookup failed was not wrong.
    await Promise.all(taken.map((budget) => tries.settle(budget.name, budget, now, wrong)));
  }
}
