import { emailClaimKey, usernameClaimKey } from '#shared/users/user-rows.ts';
import type { User } from '#shared/users/user.ts';
import type { Rows } from '../rule.ts';

/** Fields that identify a user and let them in. The earlier values may belong to another user by now, or were given up on purpose. */
const identity = [
  'email',
  'emailVerified',
  'username',
  'device',
  'rebinds',
  'deviceOnly',
] as const satisfies readonly (keyof User)[];

/** Fields that only rise: times and counts from which on something is void or used up. */
const rising = ['grantsFrom', 'devicesFrom', 'lockEpoch', 'invitesSent'] as const;

/** Whether `now` has the claims of a user. A user and their claims are written together, so a user without them is damaged. */
export const hasClaims =
  (now: Rows) =>
  ({ id, email, username }: User): boolean =>
    [usernameClaimKey(username), ...(email === undefined ? [] : [emailClaimKey(email)])].every(
      ({ pk }) => now.get(pk)?.['userId'] === id,
    );

/** A user as they were then, without what was taken from them since, and with what was changed for good since. */
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
 * The user with an epoch that no session has. Ended sessions stay ended. Live sessions end too, because the earlier row may give
 * their holder more rights.
 */
export function signedOut(user: User, now: User | undefined, ofSessions: number | undefined): User {
  const highest = Math.max(now?.epoch ?? -1, ofSessions ?? -1);
  return { ...user, epoch: user.epoch > highest ? user.epoch : highest + 1 };
}
