import type { Ports } from '../deployment/capability.ts';
import { minute } from '../clock.ts';
import type { countTries } from '../guards/tries.ts';
import { whenToTry, type Budget } from '../guards/when-to-try.ts';
import { Failure } from '../errors/failure.ts';
import type { Credentials, hashPasswords } from './hash-passwords.ts';

/** The budget for wrong passwords from a user's own sessions: a stolen session must not serve to find out the password. */
const budget: Budget = { limit: 5, windowMs: 10 * minute };

type Tools = Ports<readonly [typeof hashPasswords, typeof countTries]>;

/**
 * Whether the signed-in user also knows the password; checked before actions that a session alone must not allow.
 * @throws Failure `rate_limited` when too many passwords were wrong.
 */
export async function confirmPassword(
  password: string,
  credentials: Credentials,
  { passwords, tries }: Tools,
  now: number,
): Promise<boolean> {
  const name = `password#${credentials.userId}`;
  const until = await tries.take(name, budget, now);
  if (until !== undefined) throw new Failure('rate_limited', whenToTry(budget, until, now));
  let wrong = false;
  try {
    wrong = !(await passwords.matches(password, credentials));
    return !wrong;
  } finally {
    // A password that could not be compared does not count as wrong.
    await tries.settle(name, budget, now, wrong);
  }
}
