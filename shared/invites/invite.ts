import type { Locale } from '../locale.ts';
import { day, never } from '../clock.ts';
import { mayAdminister, type Role, type User } from '../users/user.ts';
import { inviteStates, inviteStatuses, type InviteStatus, type StoredState } from './states.ts';
import type { Delivery, DeliveryReason } from '../mail/delivery.ts';
import { inviteLimits } from './limits.ts';

export const inviteKinds = ['account', 'email', 'domain', 'device', 'device-only'] as const;

/**
 * The guests that an invite admits: `account` every holder of the link; `email` one address; `domain` the addresses of a domain;
 * `device` every holder of the link, who is bound to the device that registers; `device-only` devices whose users know the pass phrase
 * and have neither address nor password.
 */
export type InviteKind = (typeof inviteKinds)[number];

/** How a link reached its reader. Only `mail` proves the mailbox it went to. */
export type Channel = 'mail' | 'shown';

export interface Invite {
  /** 128 random bits, base64url. */
  id: string;
  kind: InviteKind;
  /** The row never says that the invite has expired: `inviteStatus` finds that by the clock. */
  state: StoredState;
  /** The role of the users that it makes. */
  role: Role;
  /** The address, or `*@example.com` for the kind `domain`. */
  email?: string;
  note?: string;
  /** A word by which invites are found and counted together. */
  label?: string;
  /** The issuer's own words for the mail. */
  message?: string;
  /** The app that its guest lands in; the deployment may no longer have it. */
  app?: string;
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
  /** Life in days, which a re-issue starts anew; null for an invite without an end. */
  days: number | null;
  delivery?: Delivery;
  /** The key under which the short code is filed; see `findCodes`. */
  codeKey?: string;
  /** Whether an administrator chose the code; a chosen code cannot be derived and shown again. */
  ownCode?: boolean;
  /** The user that it moves to a new device; it then makes no new user. */
  recovers?: string;
  /** When it last got a new link. */
  reissuedAt?: number;
  /** Set if an administrator took it over from another issuer by a new link: the note may be that issuer's. */
  takenOver?: true;
  /** Generation of the link whose holder asked for a new one, and may ask again if the mail is lost. */
  renewedFrom?: number;
  /** When the mail with the present link went out, when it arrived, and when it came to nothing; `delivery` says how. */
  sentAt?: number;
  deliveredAt?: number;
  troubleAt?: number;
  /** Why the mail came to nothing. */
  deliveryReason?: DeliveryReason;
  /** Whether the bounce may be an automatic reply to a mail that arrived: a report of its delivery then replaces it. */
  mayHaveArrived?: boolean;
  /** When a guest first typed into the form of the present link. */
  openedAt?: number;
  /** When it last admitted a user, and the id of that user. */
  usedAt?: number;
  usedBy?: string;
  /** When one of its users first signed in to an app, and first had a call relayed. */
  firstAppSignInAt?: number;
  firstRelayAt?: number;
}

/** Filters of the administrator's list; `undelivered` finds invites of any status. */
export const inviteFilters = [...inviteStatuses, 'undelivered'] as const;
export type InviteFilter = (typeof inviteFilters)[number];

/** When a life of `days` that begins at `now` ends, in milliseconds; `never` for null. */
export const expiryOf = (days: number | null, now: number): number =>
  days === null ? never : now + days * day;

type Timed = Pick<Invite, 'state' | 'expiresAt'>;

/** The status by the clock: an invite whose row says active may have expired. */
export const inviteStatus = ({ state, expiresAt }: Timed, now: number): InviteStatus =>
  inviteStates[state].expires && expiresAt <= now ? 'expired' : state;

/** Whether the invite can admit a guest now. An expired invite is not open, but can be withdrawn, because it can be renewed. */
export const isOpen = (invite: Timed, now: number): boolean => inviteStates[inviteStatus(invite, now)].isOpen;

/** The address that an invite's mail goes to; a domain has none. */
export const mailboxOf = ({
  kind,
  email,
}: {
  kind: InviteKind;
  email?: string | undefined;
}): string | undefined => (kind === 'domain' ? undefined : email);

/**
 * Whether the holder of a used link of this kind gets a mail that leads to the sign-in. A link of another kind may have been used by
 * another person than the one it was mailed to.
 */
export const remindsItsUser = (kind: InviteKind): boolean => kind === 'email';

/** Whether the invite is for one address or for one domain; other invites admit every address. */
export const isForMailbox = ({ kind }: Pick<Invite, 'kind'>): boolean =>
  kind === 'email' || kind === 'domain';

/** Whether the invite is for `email`. */
export function isFor({ kind, email: bound = '' }: Pick<Invite, 'kind' | 'email'>, email: string): boolean {
  if (kind === 'email') return bound === email;
  return kind !== 'domain' || email.endsWith(bound.slice(bound.indexOf('@')));
}

/** A link proves the mailbox when it went there by mail and is redeemed for the same address. */
export const provesMailbox = (invite: Pick<Invite, 'email'>, channel: Channel, email: string): boolean =>
  channel === 'mail' && invite.email === email;

/** Whether the invite grants more than a user's own invites may: those admit the owner of one address, as a member. */
export const grantsMore = ({ role, kind, maxUses }: Invite): boolean =>
  role === 'admin' || kind !== 'email' || maxUses > 1;

/** Whether `issuer` may still grant what the invite grants. Redemption checks the same in the store (`askedOfIssuer`). */
export const mayGrant = (issuer: User, invite: Invite): boolean =>
  issuer.status === 'active' &&
  (!grantsMore(invite) || (mayAdminister(issuer) && (issuer.grantsFrom ?? 0) < invite.createdAt));

/** Whether the invite may have a chosen code, which people can guess: few uses, an end, no administrator rights (C95). */
export const mayHaveOwnCode = ({ role, maxUses, days }: Pick<Invite, 'role' | 'maxUses' | 'days'>): boolean =>
  role !== 'admin' && days !== null && maxUses <= inviteLimits.ownCodeUses.max;

/** Takes an invite's place if registration is open. It is not stored and has no last use. */
export const openRegistration: Invite = {
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
