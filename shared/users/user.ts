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
  /** Raised by whatever ends sessions all at once, such as a new password, disabling or another device: those of a lower epoch are dead. */
  epoch: number;
  locale: Locale;
  /** Milliseconds. */
  createdAt: number;
  /** When they last changed what they say of themselves, or their address did. */
  updatedAt?: number;
  /** The invite that let the user in. */
  inviteId: string;
  /** The label of that invite. */
  label?: string;
  /** Whether the invite that made them an administrator was for whoever held it, and so for no mailbox that is to be proven. */
  openlyInvited?: boolean;
  /** Thumbprint (RFC 7638) of the one device key that the account is bound to. */
  device?: string;
  /** Whether the account, which an administrator has unbound, is bound again to the next device that signs in with a key. */
  rebinds?: boolean;
  /** Whether the device key is all there is: no address, no password. */
  deviceOnly?: boolean;
  /** Raised when a lock ends: tries before that belong to another count. */
  lockEpoch?: number;
  /** Devices last seen before this time count as unknown: another person may have made them known. Milliseconds. */
  devicesFrom?: number;
  /** When the user was demoted or disabled last: what only administrators grant, and they granted before, is void. Milliseconds. */
  grantsFrom?: number;
  /** Invites that the user may send; the deployment's `userInvites` where nothing else was granted. */
  inviteQuota?: number;
  /** Invites that the user has sent. */
  invitesSent?: number;
  /** When the user first signed in to an app, and first had a call relayed. Milliseconds. */
  firstAppSignInAt?: number;
  firstRelayAt?: number;
}

/** What users come to after their registration, each noted once. */
export type FirstStep = 'firstAppSignInAt' | 'firstRelayAt';

/** Whether the user is known to be who they say: by a proven mailbox, or by a device key that is the account. */
export const isVerified = ({ emailVerified, deviceOnly = false }: User): boolean =>
  emailVerified || deviceOnly;

/** The id of the first administrator's invite (`latchkey-admin-1`); the HMAC alone makes its link secret. */
export const firstAdminInviteId = 'bGF0Y2hrZXktYWRtaW4tMQ';

/**
 * Whether the user may do what administrators do (C94). The role alone is not enough, since a link for an address can be
 * seen by others than its owner. Whoever could start the function that makes the first administrator's invite vouches for
 * the one whom it let in.
 */
export const mayAdminister = (user: User): boolean =>
  user.role === 'admin' && (isVerified(user) || user.inviteId === firstAdminInviteId);

/** Whether the user is one of the administrators whose last one stays: who cannot administer is none of them (C94). */
export const countsAsAdmin = (user: User): boolean => user.status === 'active' && mayAdminister(user);

/** How many invites a user may send in all. */
export const inviteQuota = (user: User, { userInvites }: { userInvites: number }): number =>
  user.inviteQuota ?? userInvites;

/** How many invites a user may still send: 0 too where the quota was lowered below what is sent. */
export const invitesLeft = (user: User, settings: { userInvites: number }): number =>
  Math.max(0, inviteQuota(user, settings) - (user.invitesSent ?? 0));

type Named = ProfileTexts & Pick<User, 'username' | 'locale'>;

/** How a user is named to others, in the order of the user's language; the username where no name is given. */
export function displayName(user: Named): string {
  const names = nameOrder(user.locale).map((name) => user[name]);
  return names.filter(Boolean).join(' ') || user.username;
}

/** The user on another device: the sessions of the old one are dead. */
export const onDevice = ({ rebinds: _, ...user }: User, device: string): User => ({
  ...user,
  device,
  epoch: user.epoch + 1,
});

export const userStatuses = ['active', 'disabled'] as const;

export const roles = ['admin', 'general'] as const;
export type Role = (typeof roles)[number];
