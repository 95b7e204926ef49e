import { capability, onTable } from '../deployment/capability.ts';
import { endOf, sessionHolds, type Session, type SessionEnd, type UserSession } from './session.ts';
import { hashSecret, parseSessionToken } from './session-token.ts';
import type { User } from '../users/user.ts';
import { readRows } from '../aws/read-rows.ts';
import { matchToken, type MatchedToken } from './match-token.ts';
import { userRef } from '../users/user-rows.ts';
import { sessionRef, successorRef, type SuccessorRow } from './session-rows.ts';
import type { Config } from '../deployment/config.ts';

/** Id of the session that is now in a browser's place, if its owner has signed in over the first one. */
async function successorIdOf(config: Config, userId: string, firstId: string): Promise<string | undefined> {
  const [successor] = (await readRows([successorRef(config, userId, firstId)])) as [SuccessorRow?];
  return successor?.sessionId;
}

/** The session that is now in a browser's place. */
export async function successorOf(
  config: Config,
  userId: string,
  firstId: string,
): Promise<Session | undefined> {
  const id = await successorIdOf(config, userId, firstId);
  const [session] = id === undefined ? [] : await readRows([sessionRef(config, userId, id)]);
  return session as Session | undefined;
}

/** Finds the session that is now in the place of the one that an ID token names. */
export const findSuccessors = capability('successors', [onTable('sessions', 'BatchGetItem')], (config) => ({
  of: (userId: string, firstId: string): Promise<Session | undefined> => successorOf(config, userId, firstId),
}));

/** The session by which something was granted. */
interface Granted {
  userId: string;
  sessionId: string;
  /** The first session in the browser's place; absent if `sessionId` is the first. */
  firstSessionId?: string | undefined;
}

/** Finds sessions with the users that they belong to. Both rows are read in one call. */
export const findSessions = capability(
  'sessions',
  [onTable('users', 'BatchGetItem'), onTable('sessions', 'BatchGetItem')],
  (config) => {
    /** The session and its user; undefined unless the session holds at `now`. */
    async function get(userId: string, sessionId: string, now: number): Promise<UserSession | undefined> {
      const refs = [userRef(config, userId), sessionRef(config, userId, sessionId)];
      const [user, session] = (await readRows(refs)) as [User?, Session?];
      return user && session && sessionHolds(session, user, now) ? { user, session } : undefined;
    }
    return {
      get,
      /** The session by which something was granted, or the one by which its owner has signed in over it since. */
      async ofGrant(
        { userId, sessionId, firstSessionId = sessionId }: Granted,
        now: number,
      ): Promise<UserSession | undefined> {
        const found = await get(userId, sessionId, now);
        if (found) return found;
        const successorId = await successorIdOf(config, userId, firstSessionId);
        return successorId === undefined ? undefined : get(userId, successorId, now);
      },
      /** The session of a token, and which of the session's tokens it is. */
      async find(
        token: string,
        now: number,
      ): Promise<(UserSession & { matchedToken: MatchedToken }) | undefined> {
        const parts = parseSessionToken(token);
        const found = parts && (await get(parts.userId, parts.sessionId, now));
        const matchedToken = found && matchToken(found.session, hashSecret(parts.secret), now);
        return matchedToken && { ...found, matchedToken };
      },

      /**
       * Why a token that once counted no longer does. Only a holder of the session's token learns what became of the
       * account. If the session is gone, we cannot check that the caller held it.
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
