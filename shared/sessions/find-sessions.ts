import { capability, onTable } from '../deployment/capability.ts';
import { sessionHolds, type Session } from './session.ts';
import { hashSecret, parseSessionToken } from './session-token.ts';
import type { User } from '../users/user.ts';
import { readRows } from '../aws/read-rows.ts';
import { matchToken, type MatchedToken } from './match-token.ts';
import { userRef } from '../users/user-rows.ts';
import { sessionRef } from './session-rows.ts';

export interface Found {
  user: User;
  session: Session;
}

/** Finds who a session belongs to. Both rows are read in one call. */
export const findSessions = capability(
  'sessions',
  [onTable('users', 'BatchGetItem'), onTable('sessions', 'BatchGetItem')],
  (config) => {
    /** The session and its user; undefined unless the session holds at `now`. */
    async function get(userId: string, sessionId: string, now: number): Promise<Found | undefined> {
      const refs = [userRef(config, userId), sessionRef(config, userId, sessionId)];
      const [user, session] = (await readRows(refs)) as [User?, Session?];
      return user && session && sessionHolds(session, user, now) ? { user, session } : undefined;
    }
    return {
      get,
      /** The session of a token, and which of the session's tokens it is. */
      async find(token: string, now: number): Promise<(Found & { matchedToken: MatchedToken }) | undefined> {
        const parts = parseSessionToken(token);
        const found = parts && (await get(parts.userId, parts.sessionId, now));
        const matchedToken = found && matchToken(found.session, hashSecret(parts.secret), now);
        return matchedToken && { ...found, matchedToken };
      },
    };
  },
);
