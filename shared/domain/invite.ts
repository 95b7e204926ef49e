import type { Locale } from '../texts/locale.ts';
import { day } from '../clock.ts';
import type { Settings } from '../settings.ts';
import { displayName, type User } from './user.ts';

export const inviteKinds = ['account', 'email'] as const;
/** `account`: whoever has the link; `email`: whoever has the link, for one address only. */
export type InviteKind = (typeof inviteKinds)[number];

export const roles = ['admin', 'general'] as const;
export type Role = (typeof roles)[number];

/** How a link reached its reader. Only `mail` proves the mailbox it went to. */
export type Channel = 'mail' | 'shown';

/** What became of an invite's mail; absent where none was sent. */
export type Delivery = 'pending' | 'sent' | 'failed';

export interface Invite {
  /** 128 random bits, base64url. */
  id: string;
  kind: InviteKind;
  /** What is stored; that an invite has expired is never stored, see `inviteStatus`. */
  state: 'active' | 'used' | 'revoked';
  /** The role of whoever redeems it. */
  role: Role;
  email?: string;
  note?: string;
  locale?: Locale;
  maxUses: number;
  uses: number;
  /** Raised by each re-issue, which ends the links of the generation before. */
  generation: number;
  /** The user who invites; absent for the first administrator's invite. */
  issuerId?: string;
  issuerName?: string;
  /** Milliseconds, as all times below. */
  createdAt: number;
  /** `never` for an invite without an end. */
  expiresAt: number;
  /** Life in days, given again by a re-issue; null for one without an end. */
  days: number | null;
  delivery?: Delivery;
}

export const inviteStatuses = ['active', 'used', 'expired', 'revoked'] as const;
export type InviteStatus = (typeof inviteStatuses)[number];

/** What admins can ask the list for; `undelivered` cuts across the statuses. */
export const inviteFilters = [...inviteStatuses, 'undelivered'] as const;
export type InviteFilter = (typeof inviteFilters)[number];

/** 9999-12-31, later than anything: keeps the invite in the index on `expiresAt`. */
export const never = 253_402_214_400_000;

export const expiryOf = (days: number | null, now: number): number =>
  days === null ? never : now + days * day;

export function inviteStatus(invite: Pick<Invite, 'state' | 'expiresAt'>, now: number): InviteStatus {
  return invite.state === 'active' && invite.expiresAt <= now ? 'expired' : invite.state;
}

/** A link proves the mailbox when it went there by mail and is redeemed for the same address. */
export const provesMailbox = (invite: Pick<Invite, 'email'>, channel: Channel, email: string): boolean =>
  channel === 'mail' && invite.email === email;

interface Wish {
  id: string;
  kind?: InviteKind | undefined;
  email?: string | undefined;
  maxUses: number;
  role: Role;
  note?: string | undefined;
  locale?: Locale | undefined;
  /** null: without an end; absent: the deployment's life. */
  expiresInDays?: number | null | undefined;
  issuer: User;
  /** Whether the link goes out by mail. */
  mailed: boolean;
  settings: Pick<Settings, 'inviteDays'>;
}

/** A fresh invite. One for an address is bound to it unless it is said to be open. */
export function newInvite(wish: Wish, now: number): Invite {
  const { id, kind, email, maxUses, role, note, locale, issuer, mailed, settings } = wish;
  const days = wish.expiresInDays === undefined ? settings.inviteDays : wish.expiresInDays;
  return {
    id,
    kind: kind ?? (email === undefined ? 'account' : 'email'),
    state: 'active',
    role,
    ...(email !== undefined && { email }),
    ...(note && { note }),
    ...(locale && { locale }),
    maxUses,
    uses: 0,
    generation: 0,
    issuerId: issuer.id,
    issuerName: displayName(issuer),
    createdAt: now,
    expiresAt: expiryOf(days, now),
    days,
    ...(mailed && { delivery: 'pending' }),
  };
}

/** The same invite with a new link and a new life; links of the generation before are dead. */
export const reissued = ({ delivery: _, ...invite }: Invite, mailed: boolean, now: number): Invite => ({
  ...invite,
  state: 'active',
  generation: invite.generation + 1,
  expiresAt: expiryOf(invite.days, now),
  ...(mailed && { delivery: 'pending' }),
});
