import type { Ports } from '../deployment/capability.ts';
import { minute } from '../clock.ts';
import type { countTries } from '../guards/tries.ts';
import { whenToTry, type Budget } from '../guards/when-to-try.ts';
import { Failure } from '../errors/failure.ts';
import type { Credentials, hashPasswords } from './hash-passwords.ts';

/** Wrong passwords from a user's own sessions: one that is stolen must not serve to find out the password. */
const budget: Budget = { limit: 5, windowMs: 10 * minute };

type Tools = Ports<readonly [typeof hashPasswords, typeof countTries]>;

/**
 * Whether the signed-in user knows the password too; asked before actions that a session alone must not allow.
 * @throws Failure `rate_limited` when too many were wrong.
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
    // What could not be compared was not wrong.
    await tries.settle(name, budget, now, wrong);
  }
}
