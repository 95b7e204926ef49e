import type { Locale } from '../locale.ts';
import { day, never } from '../clock.ts';
import type { Settings } from '../deployment/settings.ts';
import { displayName, type Role, type User } from '../users/user.ts';
import { inviteStates, inviteStatuses, type InviteStatus, type StoredState } from './states.ts';
import type { Delivery } from '../mail/delivery.ts';

export const inviteKinds = ['account', 'email', 'domain', 'device', 'device-only'] as const;

/**
 * Who an invite lets in: `account` whoever has the link; `email` one address; `domain` the addresses of a domain;
 * `device` whoever has the link, on the device on which they register; `device-only` devices whose users know the
 * pass phrase, without an account of their own.
 */
export type InviteKind = (typeof inviteKinds)[number];

/** How a link reached its reader. Only `mail` proves the mailbox it went to. */
export type Channel = 'mail' | 'shown';

export interface Invite {
  /** 128 random bits, base64url. */
  id: string;
  kind: InviteKind;
  /** What is stored; that an invite has expired is never stored, see `inviteStatus`. */
  state: StoredState;
  /** The role of whoever redeems it. */
  role: Role;
  /** The address, or `*@example.com` for the kind `domain`. */
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
  /** Where the short code is filed; see `findCodes`. */
  codeKey?: string;
  /** Whether an admin chose the code, so that nobody can derive and show it again. */
  ownCode?: boolean;
  /** The user whom it moves to a new device, instead of letting somebody new in. */
  recovers?: string;
  /** Generation of the link whose holder asked for a new one; they may ask again, should the mail be lost. */
  renewedFrom?: number;
}

/** What admins can ask the list for; `undelivered` cuts across the statuses. */
export const inviteFilters = [...inviteStatuses, 'undelivered'] as const;
export type InviteFilter = (typeof inviteFilters)[number];

export const expiryOf = (days: number | null, now: number): number =>
  days === null ? never : now + days * day;

type Timed = Pick<Invite, 'state' | 'expiresAt'>;

export const inviteStatus = ({ state, expiresAt }: Timed, now: number): InviteStatus =>
  inviteStates[state].expires && expiresAt <= now ? 'expired' : state;

/** Whether the invite is withdrawn together with its issuer's branch or account. */
export const isOpen = (invite: Timed, now: number): boolean => inviteStates[inviteStatus(invite, now)].isOpen;

/** The address that an invite's mail goes to; a domain has none. */
export const mailboxOf = ({ kind, email }: Pick<Invite, 'kind' | 'email'>): string | undefined =>
  kind === 'domain' ? undefined : email;

/** Whether the invite is for `email`. */
export function isFor({ kind, email: bound = '' }: Pick<Invite, 'kind' | 'email'>, email: string): boolean {
  if (kind === 'email') return bound === email;
  return kind !== 'domain' || email.endsWith(bound.slice(bound.indexOf('@')));
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
  ownCode: boolean;
  /** Whether the link goes out by mail. */
  mailed: boolean;
  settings: Pick<Settings, 'inviteDays'>;
}

/** A fresh invite. One for an address is bound to it unless it is said to be open. */
export function newInvite(wish: Wish, now: number): Invite {
  const { id, kind, email, maxUses, role, note, locale, issuer, mailed, ownCode, settings } = wish;
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
    ...(ownCode && { ownCode }),
  };
}

/**
 * The same invite with a new link and a new life, for another address where the first was wrong; links and codes of
 * the generation before are dead.
 */
export function reissued(invite: Invite, mailed: boolean, now: number, email = invite.email): Invite {
  const {
    delivery: _delivery,
    codeKey: _codeKey,
    ownCode: _ownCode,
    renewedFrom: _renewedFrom,
    ...kept
  } = invite;
  return {
    ...kept,
    ...(email !== undefined && { email }),
    state: 'active',
    generation: invite.generation + 1,
    expiresAt: expiryOf(invite.days, now),
    ...(mailed && { delivery: 'pending' }),
  };
}

/** A used invite for one device, anew, for the same user on another device. */
export const recovering = (invite: Invite, userId: string, issuer: User, now: number): Invite => ({
  ...reissued(invite, false, now),
  // Whoever issued it first may be gone; that must not shut out whom the invite let in.
  issuerId: issuer.id,
  issuerName: displayName(issuer),
  uses: 0,
  recovers: userId,
});

/** Whether a used invite can bring its user to a new device: nothing else can where people have no mailbox. */
export const isRecoverable = ({ kind, state, maxUses }: Invite): boolean =>
  kind === 'device-only' && maxUses === 1 && inviteStates[state].reissue !== 'done';

/** The same invite as its expired link's holder gets it anew: by mail alone, and without a code. */
export const renewed = (invite: Invite, now: number): Invite => ({
  ...reissued(invite, true, now),
  renewedFrom: invite.renewedFrom ?? invite.generation,
});

/** Stands for an invite where registration is open to everybody: nowhere stored, and never used up. */
export const openDoor: Invite = {
  id: 'open',
  kind: 'account',
  state: 'active',
  role: 'general',
  maxUses: Number.MAX_SAFE_INTEGER,
  uses: 0,
  generation: 0,
  createdAt: 0,
  expiresAt: never,
  days: null,
};
