import { readRow } from '../aws/read-row.ts';
import { readRows } from '../aws/read-rows.ts';
import { capability, onTable } from '../deployment/capability.ts';
import { successorOf } from '../sessions/find-sessions.ts';
import { sessionRef } from '../sessions/session-rows.ts';
import { sessionHolds, type Session, type UserSession } from '../sessions/session.ts';
import { userRef } from '../users/user-rows.ts';
import type { User } from '../users/user.ts';
import type { Grant } from './grant.ts';
import { grantRef } from './grant-rows.ts';

/** A valid grant, its user, and the session that it depends on. */
export interface Holding extends UserSession {
  grant: Grant;
}

/** The claims of an access token that name its grant. */
export interface GrantClaims {
  sub: string;
  sid: string;
  grant: string;
  epoch: number;
}

export const readGrants = capability('grants', [onTable('grants', 'GetItem')], (config) => ({
  /** A grant as it is stored, also one that has ended. */
  read: ({ userId, id }: Pick<Grant, 'userId' | 'id'>): Promise<Grant | undefined> =>
    readRow<Grant>(grantRef(config, { userId, id })),
}));

/** Finds the grants and users of apps' access tokens. */
export const findHoldings = capability(
  'grants',
  [onTable('grants', 'BatchGetItem'), onTable('users', 'BatchGetItem'), onTable('sessions', 'BatchGetItem')],
  (config) => ({
    /** The grant, user and session of an access token; undefined once the grant, the session or the account has ended. */
    async holding({ sub, sid, grant: id, epoch }: GrantClaims, now: number): Promise<Holding | undefined> {
      const refs = [
        userRef(config, sub),
        sessionRef(config, sub, sid),
        grantRef(config, { userId: sub, id }),
      ];
      const [user, present, grant] = (await readRows(refs)) as [User?, Session?, Grant?];
      if (!user || !grant || grant.endedAt !== undefined || user.epoch !== epoch) return undefined;
      const session = present ?? (await successorOf(config, sub, grant.firstSessionId ?? grant.sessionId));
      return session && sessionHolds(session, user, now) ? { grant, user, session } : undefined;
    },
  }),
);
