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

/** Whose tries are counted. */
interface Subjects {
  /** Whose lock is told. */
  told: string;
  /** Whose lock holds and is not told: no password is looked at then, and the answer is that of a wrong one. */
  silent?: string;
}

interface Attempt {
  /** Whether the password was right. */
  look: () => Promise<boolean>;
  /** Takes as long as `look`, and looks at nothing. */
  pretend?: () => Promise<unknown>;
  /** What else is forgiven with a right password where wrong ones were before it. */
  alike?: () => Promise<readonly string[]>;
}

/**
 * Looks at a password, within the tries that are left.
 * @throws Failure `locked` when none is left of those that are told; nothing was looked at then.
 */
export async function guardPassword(
  { told, silent }: Subjects,
  { lockout, clock }: Tools,
  { look, pretend, alike }: Attempt,
): Promise<boolean> {
  const now = clock.now();
  const until = await lockout.take(told, now);
  if (until !== undefined) throw new Failure('locked', whenToTry({ limit: lockout.limit }, until, now));
  const taken = [told];
  let right: boolean | undefined;
  try {
    const isLocked = silent !== undefined && (await lockout.take(silent, now)) !== undefined;
    if (silent !== undefined && !isLocked) taken.push(silent);
    if (isLocked) await pretend?.();
    right = !isLocked && (await look());
    return right;
  } finally {
    if (right === false) {
      const at = clock.now();
      await Promise.all(taken.map((subject) => lockout.failed(subject, at)));
    } else {
      // What could not be looked at was not wrong.
      let failures = 0;
      // Last what was taken first: whoever gets a try that is told finds one of the silent ones too.
      for (const subject of taken.toReversed()) failures += await lockout.passed(subject);
      if (right && failures > 0) {
        for (const subject of new Set([...taken.toReversed(), ...((await alike?.()) ?? [])]))
          await lockout.forgive(subject);
      }
    }
  }
}

const everybodyOf = ({ id, lockEpoch = 0 }: LockedAccount['user']): string => `${id}#${lockEpoch}`;

/** An account's tries, whatever was typed to find it. */
export const accountSubject = ({ user, knownDevice }: LockedAccount): string =>
  knownDevice === undefined ? everybodyOf(user) : `${everybodyOf(user)}#${knownDevice}`;

/** Tries at an account under one of the names that lead to it, as `nameLogins` calls it. */
export const nameSubject = (user: LockedAccount['user'], name: string): string =>
  `${everybodyOf(user)}#as#${name}`;

/**
 * Whose tries are counted at sign-in. The account's lock holds for all that lead to it; told is only what was done under
 * the name that was typed, else the lock of a username would tell whose address it is (C104). A device that the account
 * knows has tries of its own, so that a stranger's failures do not lock the owner out (C25). A name without an account is
 * locked like one with an account.
 */
export function signInSubjects(name: string, account: LockedAccount | undefined): Subjects {
  if (!account) return { told: `nobody#${name}`, silent: `nobody#${name}#all` };
  if (account.knownDevice !== undefined) return { told: accountSubject(account) };
  return { told: nameSubject(account.user, name), silent: accountSubject(account) };
}
