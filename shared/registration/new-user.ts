import { isForMailbox, type Invite } from '../invites/invite.ts';
import type { Locale } from '../locale.ts';
import { profileOf, type ProfileTexts } from '../users/profile-fields.ts';
import type { User } from '../users/user.ts';

interface Entry {
  id: string;
  username: string;
  /** What the guest chose; else the invite's language counts, else the visitor's. */
  locale?: Locale | undefined;
  visitorLocale: Locale;
  invite: Pick<Invite, 'id' | 'kind' | 'role' | 'label' | 'locale'>;
  /** Thumbprint of the device key that the account is to be bound to. */
  device: string | undefined;
}

interface AccountEntry extends Entry, ProfileTexts {
  email: string;
  emailVerified: boolean;
}

/** The fields with which every user begins who redeems an invite. The role is the invite's: no guest can set it. */
const beginning = ({ id, username, locale, visitorLocale, invite, device }: Entry, now: number) => ({
  id,
  username,
  role: invite.role,
  status: 'active' as const,
  epoch: 0,
  locale: locale ?? invite.locale ?? visitorLocale,
  createdAt: now,
  inviteId: invite.id,
  ...(invite.role === 'admin' && !isForMailbox(invite) && { openlyInvited: true }),
  ...(invite.label && { label: invite.label }),
  ...(device && { device }),
});

/** The user of a guest with an address and a password. */
export function newUser(entry: AccountEntry, now: number): User {
  const { email, emailVerified } = entry;
  return { ...beginning(entry, now), ...profileOf(entry), email, emailVerified };
}

/** The user of a guest who is known by the device's key alone. */
export const newDeviceUser = (entry: Entry, now: number): User => ({
  ...beginning(entry, now),
  emailVerified: false,
  ...profileOf({}),
  deviceOnly: true,
});
