import { emailClaimKey, usernameClaimKey } from '#shared/users/user-rows.ts';
import type { User } from '#shared/users/user.ts';
import type { Rows } from '../rule.ts';

/** By what somebody is known and let in. What they had then may be another's by now, or was given up on purpose. */
const identity = [
  'email',
  'emailVerified',
  'username',
  'device',
  'rebinds',
  'deviceOnly',
] as const satisfies readonly (keyof User)[];

/** What only rises: times and counts from which on something is void or used up. */
const rising = ['grantsFrom', 'devicesFrom', 'lockEpoch', 'invitesSent'] as const;

/** Whether `now` has the claims that go with a user: both are written together, so that a row without them is damaged. */
export const hasClaims =
  (now: Rows) =>
  ({ id, email, username }: User): boolean =>
    [usernameClaimKey(username), ...(email === undefined ? [] : [emailClaimKey(email)])].every(
      ({ pk }) => now.get(pk)?.['userId'] === id,
    );

/** A user as they were, with what has been taken from them or changed for good since. */
export function mergeUser(then: User, now: User, isWhole: boolean): User {
  const known = isWhole ? now : then;
  const kept = Object.fromEntries(identity.map((name) => [name, known[name]]));
  const later = rising.flatMap((name) => {
    const [a, b] = [then[name], now[name]];
    return a === undefined && b === undefined ? [] : [[name, Math.max(a ?? 0, b ?? 0)] as const];
  });
  return {
    ...then,
    ...kept,
    ...Object.fromEntries(later),
    status: now.status === 'active' ? then.status : now.status,
    role: now.role === 'admin' ? then.role : now.role,
  };
}

/**
 * The user with an epoch that no session has: those that have ended stay it, and those that live end, as whoever holds
 * one may be more by the row of then.
 */
export function signedOut(user: User, now: User | undefined, ofSessions: number | undefined): User {
  const highest = Math.max(now?.epoch ?? -1, ofSessions ?? -1);
  return { ...user, epoch: user.epoch > highest ? user.epoch : highest + 1 };
}
