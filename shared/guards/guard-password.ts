import type { Ports } from '../deployment/capability.ts';
import type { Clock } from '../clock.ts';
import type { lockout } from './lockout.ts';
import { maxFailures } from './lockout-rule.ts';
import { whenToTry } from './when-to-try.ts';
import type { User } from '../users/user.ts';
import { Failure } from '../errors/failure.ts';

interface LockedAccount {
  user: Pick<User, 'id' | 'lockEpoch'>;
  knownDevice?: string | undefined;
}

type Tools = Ports<readonly [typeof lockout]> & { clock: Clock };

/**
 * Lets `attempt` look at a password, within the tries that are left for `subject`: an account, or a device that the
 * account knows, or a name that no account has.
 * @param attempt whether the password was right.
 * @throws Failure `locked` when no try is left; nothing was looked at then.
 */
export async function guardPassword(
  subject: string,
  { lockout, clock }: Tools,
  attempt: () => Promise<boolean>,
): Promise<boolean> {
  const now = clock.now();
  const until = await lockout.take(subject, now);
  if (until !== undefined) throw new Failure('locked', whenToTry({ limit: maxFailures }, until, now));
  let right: boolean | undefined;
  try {
    right = await attempt();
    return right;
  } finally {
    // What could not be looked at was not wrong.
    if (right === false) await lockout.failed(subject, clock.now());
    else await lockout.passed(subject, right === true);
  }
}

/**
 * Whose tries are counted together: the account's, or those of a device that the account knows, so that a stranger's
 * failures do not lock the owner out (C25). A name without an account is locked like one with an account.
 * @param name what the typed login is called, by `nameLogins`.
 */
export function lockSubject(name: string, account: LockedAccount | undefined): string {
  if (!account) return `nobody#${name}`;
  const { id, lockEpoch = 0 } = account.user;
  const everybody = `${id}#${lockEpoch}`;
  return account.knownDevice === undefined ? everybody : `${everybody}#${account.knownDevice}`;
}
