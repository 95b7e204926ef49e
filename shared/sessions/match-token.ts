import { timingSafeEqual } from 'node:crypto';
import type { Session } from './session.ts';

/** Which of a session's tokens it is. */
export type MatchedToken = 'present' | 'next' | 'previous';

/**
 * Which of the session's tokens that count now has this hash.
 * @param hash SHA-256 of the token's secret, base64url
 * @param now milliseconds
 * @returns undefined if none of them has
 */
export function matchToken(session: Session, hash: string, now: number): MatchedToken | undefined {
  const { hash: present, nextHash, previousHash, previousUntil = 0 } = session;
  if (sameHash(hash, present)) return 'present';
  if (nextHash !== undefined && sameHash(hash, nextHash)) return 'next';
  if (previousHash !== undefined && previousUntil > now && sameHash(hash, previousHash)) return 'previous';
  return undefined;
}

/**
 * Whether two hashes of equal length are the same, in a time that reveals nothing about where they differ.
 * @throws RangeError if the lengths differ
 */
export const sameHash = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(a), Buffer.from(b));
