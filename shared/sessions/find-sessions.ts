import { capability, onTable } from '../deployment/capability.ts';
import { endOf, sessionHolds, type Session, type SessionEnd } from './session.ts';
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

      /**
       * Why a token that does not count did once. What became of the account is for who has held its session; of a
       * session that is not there nobody can tell whose it was.
       */
      async endOf(token: string, now: number): Promise<SessionEnd | undefined> {
        const parts = parseSessionToken(token);
        if (!parts) return undefined;
        const { userId, sessionId, secret } = parts;
        const refs = [userRef(config, userId), sessionRef(config, userId, sessionId)];
        const [user, session] = (await readRows(refs)) as [User?, Session?];
        if (!user || !session) return 'ended';
        return matchToken(session, hashSecret(secret), now) && endOf(session, user, now);
      },
    };
  },
);
