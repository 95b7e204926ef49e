import type { Locale } from '../locale.ts';
import type { Invite, Role } from '../invites/invite.ts';

export interface User {
  id: string;
  username: string;
  /** In the form of `normalizeEmail`; absent once the mailbox's owner has taken it back. */
  email?: string;
  emailVerified: boolean;
  firstName: string;
  lastName: string;
  role: Role;
  status: 'active' | 'disabled';
  /** Raised by reset, disabling and demotion: sessions of a lower epoch are dead. */
  epoch: number;
  locale: Locale;
  /** Milliseconds. */
  createdAt: number;
  /** The invite that let the user in. */
  inviteId: string;
  /** Thumbprint (RFC 7638) of the one device key that the account is bound to. */
  device?: string;
  /** Whether the device key is all there is: no address, no password. */
  deviceOnly?: boolean;
  /** Raised by what ends a lock: tries before it are of another count. */
  lockEpoch?: number;
  /** Devices that were last seen before are known no more: somebody else may have made them known. Milliseconds. */
  devicesFrom?: number;
  /** Invites that the user may send; the deployment's `userInvites` where nothing else was granted. */
  inviteQuota?: number;
  /** Relayed calls in a window and questions in a day; the deployment's where nothing else was granted. */
  requestLimit?: number;
  questionLimit?: number;
  /** Invites that the user has sent. */
  invitesSent?: number;
}

/** Whether the user is known to be who they say: by a proven mailbox, or by a device key that is the account. */
export const isVerified = ({ emailVerified, deviceOnly = false }: User): boolean =>
  emailVerified || deviceOnly;

/** How many invites a user may send in all. */
export const inviteQuota = (user: User, { userInvites }: { userInvites: number }): number =>
  user.inviteQuota ?? userInvites;

/** One mailbox, one spelling: addresses are compared and stored in lower case. */
export const normalizeEmail = (email: string): string => email.trim().toLowerCase();

/** `yuki@example.com` → `y•••@example.com`: enough to recognise one's own address, not to learn another's. */
export const maskEmail = (email: string): string => email.replace(/^(.).*(?=@)/u, '$1•••');

type Named = Pick<User, 'firstName' | 'lastName' | 'username' | 'locale'>;

/** How a user is named to others, in the order of the user's language; the username where no name is given. */
export function displayName({ firstName, lastName, username, locale }: Named): string {
  const names = locale === 'en' ? [firstName, lastName] : [lastName, firstName];
  return names.filter(Boolean).join(' ') || username;
}

interface Entry {
  id: string;
  username: string;
  /** What the guest chose; else the invite's language counts, else the visitor's. */
  locale?: Locale | undefined;
  visitorLocale: Locale;
  invite: Pick<Invite, 'id' | 'role' | 'locale'>;
  /** Thumbprint of the device key that the account is to be bound to. */
  device: string | undefined;
}

interface AccountEntry extends Entry {
  email: string;
  emailVerified: boolean;
  firstName: string;
  lastName: string;
}

/** What all who redeem an invite begin with. The role is the invite's: nothing that a guest sends can set it. */
const beginning = ({ id, username, locale, visitorLocale, invite, device }: Entry, now: number) => ({
  id,
  username,
  role: invite.role,
  status: 'active' as const,
  epoch: 0,
  locale: locale ?? invite.locale ?? visitorLocale,
  createdAt: now,
  inviteId: invite.id,
  ...(device && { device }),
});

/** The user of a guest with an address and a password. */
export function newUser(entry: AccountEntry, now: number): User {
  const { email, emailVerified, firstName, lastName } = entry;
  return { ...beginning(entry, now), email, emailVerified, firstName, lastName };
}

/** The user on another device: the sessions of the old one are dead. */
export const onDevice = (user: User, device: string): User => ({ ...user, device, epoch: user.epoch + 1 });

/** The user of a guest who is known by the device's key alone. */
export const newDeviceUser = (entry: Entry, now: number): User => ({
  ...beginning(entry, now),
  emailVerified: false,
  firstName: '',
  lastName: '',
  deviceOnly: true,
});
