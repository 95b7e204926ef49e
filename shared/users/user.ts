import type { Locale } from '../locale.ts';
import type { CallGrants } from './call-limits.ts';
import { nameOrder, type ProfileTexts } from './profile-fields.ts';

export interface User extends ProfileTexts, CallGrants {
  id: string;
  username: string;
  /** In the form of `normalizeEmail`; absent once the mailbox's owner has taken it back. */
  email?: string;
  emailVerified: boolean;
  role: Role;
  status: (typeof userStatuses)[number];
  /** Raised by every act that ends all sessions, such as a new password, disabling or a new device: sessions of a lower epoch are dead. */
  epoch: number;
  locale: Locale;
  /** Milliseconds. */
  createdAt: number;
  /** When their profile, name, language or address, or the proof of the address, last changed. */
  updatedAt?: number;
  /** The invite that let the user in. */
  inviteId: string;
  /** The label of that invite. */
  label?: string;
  /** Whether the invite that made them an administrator was for any holder, and so for no mailbox that must be proven. */
  openlyInvited?: boolean;
  /** Thumbprint (RFC 7638) of the one device key that the account is bound to. */
  device?: string;
  /** Whether an administrator has unbound the account, so that it is bound to the next device that signs in with a key. */
  rebinds?: boolean;
  /** Whether the account has nothing but the device key: no address, no password. */
  deviceOnly?: boolean;
  /** Raised when a lock ends: tries before that belong to another count. */
  lockEpoch?: number;
  /** Devices last seen before this time count as unknown: another person may have made them known. Milliseconds. */
  devicesFrom?: number;
  /** When the user was last demoted or disabled. Their earlier grants that only administrators may give are void. Milliseconds. */
  grantsFrom?: number;
  /** Invites that the user may send; absent if the deployment's `userInvites` applies. */
  inviteQuota?: number;
  /** Invites that the user has sent. */
  invitesSent?: number;
  /** When the user first signed in to an app, and first had a call relayed. Milliseconds. */
  firstAppSignInAt?: number;
  firstRelayAt?: number;
}

/** Steps that users take after their registration, each noted once. */
export type FirstStep = 'firstAppSignInAt' | 'firstRelayAt';

/** Whether the user's identity is proven: by a mailbox, or by a device key that is the whole account. */
export const isVerified = ({ emailVerified, deviceOnly = false }: User): boolean =>
  emailVerified || deviceOnly;

/** The id of the first administrator's invite (`latchkey-admin-1`); the HMAC alone makes its link secret. */
export const firstAdminInviteId = 'bGF0Y2hrZXktYWRtaW4tMQ';

/**
 * Whether the user has the rights of an administrator (C94). The role alone is not enough, since people other than an
 * address's owner can see a link for it. The operator who could start the function that makes the first administrator's
 * invite vouches for the user whom it let in.
 */
export const mayAdminister = (user: User): boolean =>
  user.role === 'admin' && (isVerified(user) || user.inviteId === firstAdminInviteId);

/** Whether the user is one of the administrators of whom the last must stay. A user who cannot administer is not (C94). */
export const countsAsAdmin = (user: User): boolean => user.status === 'active' && mayAdminister(user);

/** How many invites a user may send in all. */
export const inviteQuota = (user: User, { userInvites }: { userInvites: number }): number =>
  user.inviteQuota ?? userInvites;

/** How many more invites a user may send. Also 0 if the quota was lowered below the number already sent. */
export const invitesLeft = (user: User, settings: { userInvites: number }): number =>
  Math.max(0, inviteQuota(user, settings) - (user.invitesSent ?? 0));

type Named = ProfileTexts & Pick<User, 'username' | 'locale'>;

/** How a user is named to others, in the order of the user's language; the username if no name is given. */
export function displayName(user: Named): string {
  const names = nameOrder(user.locale).map((name) => user[name]);
  return names.filter(Boolean).join(' ') || user.username;
}

/** The user after a move to another device: the sessions of the old device are dead. */
export const onDevice = ({ rebinds: _, ...user }: User, device: string): User => ({
  ...user,
  device,
  epoch: user.epoch + 1,
});

export const userStatuses = ['active', 'disabled'] as const;

export const roles = ['admin', 'general'] as const;
export type Role = (typeof roles)[number];
