import type { Locale } from '../texts/locale.ts';
import type { Invite, Role } from './invite.ts';

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
}

/** One mailbox, one spelling: addresses are compared and stored in lower case. */
export const normalizeEmail = (email: string): string => email.trim().toLowerCase();

/** `yuki@example.com` → `y•••@example.com`: enough to recognise one's own address, not to learn another's. */
export const maskEmail = (email: string): string => email.replace(/^(.).*(?=@)/u, '$1•••');

/** How a user is named to others, in the order of the user's language; the username where no name is given. */
export function displayName({ firstName, lastName, username, locale }: User): string {
  const names = locale === 'en' ? [firstName, lastName] : [lastName, firstName];
  return names.filter(Boolean).join(' ') || username;
}

interface Registration {
  id: string;
  username: string;
  email: string;
  emailVerified: boolean;
  firstName: string;
  lastName: string;
  /** What the guest chose; else the invite's language counts, else the visitor's. */
  locale?: Locale | undefined;
  visitorLocale: Locale;
  invite: Pick<Invite, 'id' | 'role' | 'locale'>;
}

/** The user that redeems an invite. The role is the invite's: nothing that a guest sends can set it. */
export function newUser(registration: Registration, now: number): User & { email: string } {
  const { id, username, email, emailVerified, firstName, lastName, locale, visitorLocale, invite } =
    registration;
  return {
    id,
    username,
    email,
    emailVerified,
    firstName,
    lastName,
    role: invite.role,
    status: 'active',
    epoch: 0,
    locale: locale ?? invite.locale ?? visitorLocale,
    createdAt: now,
    inviteId: invite.id,
  };
}
