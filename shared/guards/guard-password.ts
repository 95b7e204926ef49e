import type { Ports } from '../deployment/capability.ts';
import type { Clock } from '../clock.ts';
import type { lockout } from './lockout.ts';
import { whenToTry } from './when-to-try.ts';
import type { User } from '../users/user.ts';
import { Failure } from '../errors/failure.ts';

interface LockedAccount {
  user: Pick<User, 'id' | 'lockEpoch'>;
  knownDevice?: string | undefined;
}

type Tools = Ports<readonly [typeof lockout]> & { clock: Clock };

interface Subjects {
  /** The counter whose lock the caller is told about. */
  told: string;
  /** The counter with a silent lock: while it holds, the password is not checked, and the answer is that of a wrong one. */
  silent?: string;
}

interface Attempt {
  /** Whether the password was right. */
  verify: () => Promise<boolean>;
  /** Takes as long as `verify`, and checks nothing. */
  verifyDecoy?: () => Promise<unknown>;
  /** Further counters that are reset if a right password follows wrong ones. */
  otherSubjects?: () => Promise<readonly string[]>;
}

/**
 * Checks a password, within the tries that are left.
 * @throws Failure `locked` if `told` has no try left; the password was not checked then.
 */
export async function guardPassword(
  { told, silent }: Subjects,
  { lockout, clock }: Tools,
  { verify, verifyDecoy, otherSubjects }: Attempt,
): Promise<boolean> {
  const now = clock.now();
  const until = await lockout.take(told, now);
  if (until !== undefined) throw new Failure('locked', whenToTry({ limit: lockout.limit }, until, now));
  const taken = [told];
  let right: boolean | undefined;
  try {
    const isLocked = silent !== undefined && (await lockout.take(silent, now)) !== undefined;
    if (silent !== undefined && !isLocked) taken.push(silent);
    if (isLocked) await verifyDecoy?.();
    right = !isLocked && (await verify());
    return right;
  } finally {
    if (right === false) {
      const at = clock.now();
      await Promise.all(taken.map((subject) => lockout.failed(subject, at)));
    } else {
      // A password that could not be checked was not wrong.
      let failures = 0;
      // In reverse order: a caller who can then take a try of `told` can also take one of `silent`.
      for (const subject of taken.toReversed()) failures += await lockout.passed(subject);
      if (right && failures > 0) {
        for (const subject of new Set([...taken.toReversed(), ...((await otherSubjects?.()) ?? [])]))
          await lockout.forgive(subject);
      }
    }
  }
}

const everybodyOf = ({ id, lockEpoch = 0 }: LockedAccount['user']): string => `${id}#${lockEpoch}`;

/** The counter of an account's tries, whatever name was typed to find it. */
export const accountSubject = ({ user, knownDevice }: LockedAccount): string =>
  knownDevice === undefined ? everybodyOf(user) : `${everybodyOf(user)}#${knownDevice}`;

/** The counter of tries at an account under one of its names, with `name` as `nameLogins` encodes it. */
export const nameSubject = (user: LockedAccount['user'], name: string): string =>
  `${everybodyOf(user)}#as#${name}`;

/**
 * The counters of a sign-in. The account's lock holds for every name of the account. The caller is told only of the lock on the typed
 * name: otherwise the lock of a username would tell whose address it is (C104). A device that the account knows has its own counter, so
 * that a stranger's failures do not lock the owner out (C25). A name without an account is locked like one with an account.
 */
export function signInSubjects(name: string, account: LockedAccount | undefined): Subjects {
  if (!account) return { told: `nobody#${name}`, silent: `nobody#${name}#all` };
  if (account.knownDevice !== undefined) return { told: accountSubject(account) };
  return { told: nameSubject(account.user, name), silent: accountSubject(account) };
}
