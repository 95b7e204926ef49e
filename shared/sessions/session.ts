import { day, hour, minute } from '../clock.ts';
import type { Settings } from '../deployment/settings.ts';
import type { User } from '../users/user.ts';

/** How a client keeps its session: a cookie that scripts cannot read, or a token in the answer's body. */
export const transports = ['cookie', 'token'] as const;
export type Transport = (typeof transports)[number];

export interface Session {
  userId: string;
  /** Public name of the session, 128 random bits. */
  id: string;
  /** Id of the owner's first session in this browser, over which they have signed in since. */
  firstId?: string;
  /** SHA-256 of the present token's secret, base64url. */
  hash: string;
  /** Raised by each rotation of a cookie session. */
  generation: number;
  /** Hash of the next token, from its offer until its first use; and when it was last offered. */
  nextHash?: string;
  offeredAt?: number;
  /** Hash of the token before the present one, which still counts until `previousUntil`. */
  previousHash?: string;
  previousUntil?: number;
  /** Hash of the first token, once it was replaced. The first token is random; all later ones are derived. */
  firstHash?: string;
  /** The user's epoch when the session began. It is raised along with the user's when this session ends the others. */
  epoch: number;
  transport: Transport;
  /** Milliseconds, as all times below. */
  createdAt: number;
  rotatedAt: number;
  lastSeenAt: number;
  idleExpiresAt: number;
  absoluteExpiresAt: number;
  /** The browser fingerprint that the client sent, a hint. */
  deviceId?: string;
  /** SHA-256 of the `__Host-device` cookie. */
  deviceHash?: string;
  /** Thumbprint (RFC 7638) of the device key that the session is bound to. */
  keyThumbprint?: string;
  address: string;
  userAgent: string;
}

/** A user, and a session of theirs. */
export interface UserSession {
  user: User;
  session: Session;
}

/** The beginning of the id of a known device's row; the hash of its cookie, or the thumbprint of its key, follows. */
export const deviceRowPrefix = 'device#';

/**
 * The beginning of the id of a row that names the session now in a browser's place; the id of the first session there follows
 * (record 64). It begins like a device's because of a possible return to release 1.0.0, which takes all other rows for sessions.
 */
export const successorRowPrefix = `${deviceRowPrefix}successor#`;

/** Rows of a user's known devices, and of successors, lie among the sessions, whose ids hold no `#`. */
export const isDeviceRow = (row: { id: string }): boolean =>
  row.id.startsWith(deviceRowPrefix) && !isSuccessorRow(row);
export const isSuccessorRow = ({ id }: { id: string }): boolean => id.startsWith(successorRowPrefix);
export const isSessionId = (id: string): boolean => !id.includes('#');

/** The most sessions that a user may have at once: a script that signs in for each call must not fill the store. */
export const mostSessions = 100;

/** The most known devices of a user, for the same reason: a script that keeps no cookies is a new device each time. */
export const mostDevices = 100;

/** How long after a recorded use the next one is due, which moves the idle expiry: a year of life needs no write per request. */
const touchIntervalMs = hour;
/** How old a cookie's token gets before the next one is offered. */
const rotationIntervalMs = hour;
/** After how long an offer that was not taken up is repeated: its answer may have been lost. */
const repeatIntervalMs = minute;
/** How long the old token counts after the new one was first used: requests that were under way carry it. */
export const overlapMs = minute;

/** Whether a use of the session is due to be recorded. */
export const isTouchDue = ({ lastSeenAt }: Session, now: number): boolean =>
  now - lastSeenAt >= touchIntervalMs;

/** Whether the next token is to be offered. */
export const isRotationDue = ({ rotatedAt, offeredAt = 0 }: Session, now: number): boolean =>
  now - rotatedAt >= rotationIntervalMs && now - offeredAt >= repeatIntervalMs;

/** How long a sign-in counts as recent, for actions that a session alone does not allow (ASVS 5.0, 7.5). */
export const confirmationMs = 10 * minute;

/**
 * Whether an action that a session alone does not allow needs no new sign-in. Programs keep their token themselves, and a user who
 * has a device's key and no password proves that key each time.
 */
export const isConfirmed = (
  { session, user }: { session: Session; user: Pick<User, 'deviceOnly'> },
  now: number,
): boolean =>
  session.transport !== 'cookie' || user.deviceOnly === true || beganWithin(session, confirmationMs, now);

/** Whether the session began, and so its user signed in, less than `ms` ago. */
export const beganWithin = ({ createdAt }: Pick<Session, 'createdAt'>, ms: number, now: number): boolean =>
  now - createdAt < ms;

type Life = Pick<Settings, 'sessionIdleDays' | 'sessionAbsoluteDays'>;

/** When a session that is used now ends if it is not used again, in milliseconds. */
export const idleExpiry = (now: number, life: Life): number => now + life.sessionIdleDays * day;
/** When a session that begins now ends for good, in milliseconds. */
export const absoluteExpiry = (now: number, life: Life): number => now + life.sessionAbsoluteDays * day;

/** When the session ends if it is not used again. */
export const sessionExpiry = (session: Pick<Session, 'idleExpiresAt' | 'absoluteExpiresAt'>): number =>
  Math.min(session.idleExpiresAt, session.absoluteExpiresAt);

/** Whether the session lets `user` in: unexpired, of the user's epoch, and the user not disabled. */
export const sessionHolds = (
  session: Pick<Session, 'epoch' | 'idleExpiresAt' | 'absoluteExpiresAt'>,
  user: User,
  now: number,
): boolean => sessionExpiry(session) > now && session.epoch === user.epoch && user.status === 'active';

/** Why a session does not hold: account disabled; all sessions ended or password changed; session expired; only this session ended. */
export type SessionEnd = 'disabled' | 'everywhere' | 'expired' | 'ended';

/** Why the session does not let `user` in. @returns undefined if it does. */
export function endOf(session: Session, user: User, now: number): SessionEnd | undefined {
  if (sessionHolds(session, user, now)) return undefined;
  if (sessionExpiry(session) <= now) return 'expired';
  return user.status === 'active' ? 'everywhere' : 'disabled';
}
