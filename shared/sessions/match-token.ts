import { timingSafeEqual } from 'node:crypto';
import type { Session } from './session.ts';

/** Which of a session's tokens has this hash, of those that count at `now`. */
export type MatchedToken = 'present' | 'next' | 'previous';

export function matchToken(session: Session, hash: string, now: number): MatchedToken | undefined {
  const { hash: present, nextHash, previousHash, previousUntil = 0 } = session;
  if (sameHash(hash, present)) return 'present';
  if (nextHash !== undefined && sameHash(hash, nextHash)) return 'next';
  if (previousHash !== undefined && previousUntil > now && sameHash(hash, previousHash)) return 'previous';
  return undefined;
}

export const sameHash = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(a), Buffer.from(b));
