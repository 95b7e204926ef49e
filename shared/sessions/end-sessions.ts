import { capability, onTable } from '../deployment/capability.ts';
import type { Session, UserSession } from './session.ts';
import type { User } from '../users/user.ts';
import { Failure } from '../errors/failure.ts';
import { auditWrite } from '../audit/write-audit.ts';
import { readRows } from '../aws/read-rows.ts';
import { transact } from '../aws/transaction.ts';
import { userRef } from '../users/user-rows.ts';
import { epochWrite } from '../users/user-writes.ts';
import { deviceWrites } from './known-devices.ts';
import { sessionDeletion, sessionEpochWrite, sessionRef } from './session-rows.ts';

/** How many tries may find that another request has raised the epoch. */
const turns = 4;

/** Ends all sessions of a user but one. */
export const endOtherSessions = capability(
  'sessions',
  [
    onTable('users', 'BatchGetItem', 'UpdateItem'),
    onTable('sessions', 'BatchGetItem', 'UpdateItem'),
    onTable('audit', 'PutItem'),
  ],
  (config) => ({
    /**
     * Raises the epoch of the user and of the session that stays. Every other session, and every access token made from
     * one, has a lower epoch and is dead. A repeat raises the epoch once more and ends no further session. No other
     * device stays known.
     * @returns false when the session itself was ended meanwhile.
     * @throws Failure `busy` when other requests keep raising the epoch.
     */
    async endOthers(caller: UserSession, address: string, now: number): Promise<boolean> {
      const { id: userId } = caller.user;
      const { id } = caller.session;
      let { epoch } = caller.user;
      for (let turn = 0; turn < turns; turn += 1) {
        const refused = await transact({
          user: epochWrite(config, { id: userId, epoch }, now),
          ...deviceWrites(config, caller.session, now, caller.user.device),
          session: sessionEpochWrite(config, caller.session, epoch),
          audit: auditWrite(config, {
            action: 'session.end-others',
            outcome: 'done',
            actorId: userId,
            subjectId: id,
            address,
            at: now,
          }),
        });
        if (refused.length === 0) return true;
        // Another request raised the epoch first. If it kept this session, other sessions may have begun since.
        const refs = [userRef(config, userId), sessionRef(config, userId, id)];
        const [user, session] = (await readRows(refs)) as [User?, Session?];
        if (user?.status !== 'active' || !session || session.epoch < epoch) return false;
        // Rows of one batch are no snapshot: the session may have been read before it got its user's epoch.
        ({ epoch } = user);
      }
      throw new Failure('busy');
    },
  }),
);

export const endSessions = capability(
  'sessions',
  [onTable('sessions', 'DeleteItem'), onTable('audit', 'PutItem')],
  (config) => ({
    /** Ends a session. @returns whether this user had the session; it is gone either way. */
    async end(userId: string, id: string, address: string, now: number): Promise<boolean> {
      const refused = await transact({
        session: sessionDeletion(config, userId, id),
        audit: auditWrite(config, {
          action: 'session.delete',
          outcome: 'done',
          actorId: userId,
          subjectId: id,
          address,
          at: now,
        }),
      });
      return refused.length === 0;
    },
  }),
);
