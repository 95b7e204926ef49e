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
  /** Of the session with which its owner came first in this browser, and over which they have signed in since. */
  firstId?: string;
  /** SHA-256 of the present token's secret, base64url. */
  hash: string;
  /** Raised by each rotation of a cookie session. */
  generation: number;
  /** Of the token that follows, once it was offered and until it is used; and when it was (last) offered. */
  nextHash?: string;
  offeredAt?: number;
  /** Of the token before the present one, which still counts until `previousUntil`. */
  previousHash?: string;
  previousUntil?: number;
  /** Of the first token, which is random, once it was replaced: those that follow are derived. */
  firstHash?: string;
  /** The user's epoch when the session began; it goes along where its own user ends the others. */
  epoch: number;
  transport: Transport;
  /** Milliseconds, as all times below. */
  createdAt: number;
  rotatedAt: number;
  lastSeenAt: number;
  idleExpiresAt: number;
  absoluteExpiresAt: number;
  /** The browser fingerprint that the client told, a hint. */
  deviceId?: string;
  /** SHA-256 of the `__Host-device` cookie. */
  deviceHash?: string;
  /** Thumbprint (RFC 7638) of the device key that the session is bound to. */
  keyThumbprint?: string;
  address: string;
  userAgent: string;
}

/** What a session's row of a known device is: the hash of its cookie, or the thumbprint of its key. */
export const deviceRowPrefix = 'device#';

/**
 * What a row begins with that says which session is in a browser's place by now; the id of the first session there follows (record 64).
 * It begins like a device's for release 1.0.0, should it be put back: that takes all other rows for sessions.
 */
export const successorRowPrefix = `${deviceRowPrefix}successor#`;

/** Rows of a user's known devices, and of successors, lie among the sessions, whose ids hold no `#`. */
export const isDeviceRow = (row: { id: string }): boolean =>
  row.id.startsWith(deviceRowPrefix) && !isSuccessorRow(row);
export const isSuccessorRow = ({ id }: { id: string }): boolean => id.startsWith(successorRowPrefix);
export const isSessionId = (id: string): boolean => !id.includes('#');

/** Sessions of a user that hold at once: a script that signs in for each call must not fill the store. */
export const mostSessions = 100;

/** Devices that a user is known by, for the same reason: a script that keeps no cookies comes from a new one each time. */
export const mostDevices = 100;

/** How often, at most, use moves a session's idle expiry: a year of life does not need a write per request. */
const touchIntervalMs = hour;
/** How old a cookie's token gets before the next one is offered. */
const rotationIntervalMs = hour;
/** After how long an offer that was not taken up is repeated: its answer may have been lost. */
const repeatIntervalMs = minute;
/** How long the old token counts after the new one was first used: requests that were under way carry it. */
export const overlapMs = minute;

/** Whether the session's use is to be written down. */
export const isTouchDue = ({ lastSeenAt }: Session, now: number): boolean =>
  now - lastSeenAt >= touchIntervalMs;

/** Whether the token that follows is to be offered. */
export const isRotationDue = ({ rotatedAt, offeredAt = 0 }: Session, now: number): boolean =>
  now - rotatedAt >= rotationIntervalMs && now - offeredAt >= repeatIntervalMs;

/** How long a sign-in counts as just done: for what a session alone does not allow (ASVS 5.0, 7.5). */
export const confirmationMs = 10 * minute;

/**
 * Whether no new sign-in is asked for before what a session alone does not allow: programs keep their token themselves, and whoever
 * has a device's key and no password proves that key each time.
 */
export const isConfirmed = (
  { session, user }: { session: Session; user: Pick<User, 'deviceOnly'> },
  now: number,
): boolean =>
  session.transport !== 'cookie' || user.deviceOnly === true || beganWithin(session, confirmationMs, now);

/** Whether the session was begun, and so somebody signed in, so short a time ago. */
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
export const sessionHolds = (session: Session, user: User, now: number): boolean =>
  sessionExpiry(session) > now && session.epoch === user.epoch && user.status === 'active';

/** Why a session does not hold: the account is disabled, all sessions were ended or the password changed, its time is over, it was ended by itself. */
export type SessionEnd = 'disabled' | 'everywhere' | 'expired' | 'ended';

/** Why the session does not let `user` in. @returns undefined where it does. */
export function endOf(session: Session, user: User, now: number): SessionEnd | undefined {
  if (sessionHolds(session, user, now)) return undefined;
  if (sessionExpiry(session) <= now) return 'expired';
  return user.status === 'active' ? 'everywhere' : 'disabled';
}
