import { day } from '../clock.ts';
import type { Settings } from '../settings.ts';
import type { User } from './user.ts';

export interface Session {
  userId: string;
  /** Public name of the session, 128 random bits. */
  id: string;
  /** SHA-256 of the token's secret, base64url. */
  hash: string;
  /** Raised by each rotation of a cookie session. */
  generation: number;
  /** The user's epoch when the session began. */
  epoch: number;
  transport: 'cookie' | 'token';
  /** Milliseconds, as all times below. */
  createdAt: number;
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

type Life = Pick<Settings, 'sessionIdleDays' | 'sessionAbsoluteDays'>;

export const idleExpiry = (now: number, life: Life): number => now + life.sessionIdleDays * day;
export const absoluteExpiry = (now: number, life: Life): number => now + life.sessionAbsoluteDays * day;

/** When the session ends if it is not used again. */
export const sessionExpiry = (session: Pick<Session, 'idleExpiresAt' | 'absoluteExpiresAt'>): number =>
  Math.min(session.idleExpiresAt, session.absoluteExpiresAt);

/** Whether the session lets `user` in: unexpired, of the user's epoch, and the user not disabled. */
export const sessionHolds = (session: Session, user: User, now: number): boolean =>
  sessionExpiry(session) > now && session.epoch === user.epoch && user.status === 'active';
