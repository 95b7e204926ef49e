import type { Ports } from '../deployment/capability.ts';
import { minute } from '../clock.ts';
import type { AuditEntry, recordAudit } from '../audit/write-audit.ts';
import type { countTries } from '../guards/tries.ts';
import { whenToTry, type Budget } from '../guards/when-to-try.ts';
import { Failure, type Fail } from '../errors/failure.ts';
import type { Credentials, hashPasswords } from './hash-passwords.ts';

/** The budget for wrong passwords from a user's own sessions: a stolen session must not serve to find out the password. */
const budget: Budget = { limit: 5, windowMs: 10 * minute };

type Tools = Ports<readonly [typeof hashPasswords, typeof countTries, typeof recordAudit]>;

/**
 * Lets an action go on that a session alone must not allow, if the signed-in user also knows the password. A wrong password is
 * recorded as the action's refusal.
 * @throws Failure `invalid_credentials` for a wrong password, `rate_limited` when too many were wrong.
 */
export async function confirmPassword(
  password: string,
  credentials: Credentials,
  action: Omit<AuditEntry, 'outcome' | 'at'>,
  { passwords, tries, audit }: Tools,
  now: number,
  fail: Fail<'invalid_credentials'>,
): Promise<void> {
  const name = `password#${credentials.userId}`;
  const until = await tries.take(name, budget, now);
  if (until !== undefined) throw new Failure('rate_limited', whenToTry(budget, until, now));
  let wrong = false;
  try {
    wrong = !(await passwords.matches(password, credentials));
  } finally {
    // A password that could not be compared does not count as wrong.
    await tries.settle(name, budget, now, wrong);
  }
  if (!wrong) return;
  await audit.record({ ...action, outcome: 'refused', at: now });
  fail('invalid_credentials');
}
