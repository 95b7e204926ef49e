import { capability, onTable } from '../deployment/capability.ts';
import type { Session } from './session.ts';
import type { User } from '../users/user.ts';
import { Failure } from '../errors/failure.ts';
import { auditWrite } from '../audit/write-audit.ts';
import { readRows } from '../aws/read-rows.ts';
import { transact } from '../aws/transaction.ts';
import { userKey } from '../aws/user-keys.ts';

/** How often the epoch may be found raised by somebody else. */
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
     * Raises the user's epoch and with it that of the session which stays: every other session, and every access
     * token made from one, is of a lower epoch and dead. A repeat does it once more, which ends nobody else.
     * @returns false when the session itself was ended meanwhile.
     * @throws Failure `busy` when the epoch does not come to rest.
     */
    async endOthers(
      caller: { user: User; session: Session },
      address: string,
      now: number,
    ): Promise<boolean> {
      const { id: userId } = caller.user;
      const { id } = caller.session;
      const [users, sessions] = [config.table('users'), config.table('sessions')];
      let { epoch } = caller.user;
      for (let turn = 0; turn < turns; turn += 1) {
        const raise = {
          UpdateExpression: 'SET epoch = :next',
          ExpressionAttributeValues: { ':epoch': epoch, ':next': epoch + 1 },
        };
        const refused = await transact({
          user: {
            Update: {
              ...raise,
              TableName: users,
              Key: userKey(userId),
              ConditionExpression: 'epoch = :epoch AND #status = :active',
              ExpressionAttributeNames: { '#status': 'status' },
              ExpressionAttributeValues: { ...raise.ExpressionAttributeValues, ':active': 'active' },
            },
          },
          session: {
            Update: {
              ...raise,
              TableName: sessions,
              Key: { userId, id },
              ConditionExpression: 'epoch = :epoch',
            },
          },
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
        // Somebody raised it first. If that kept this session, others may have begun since.
        const rows = await readRows({ [users]: [userKey(userId)], [sessions]: [{ userId, id }] });
        const user = rows[users]?.[0] as User | undefined;
        const session = rows[sessions]?.[0] as Session | undefined;
        if (user?.status !== 'active' || session?.epoch !== user.epoch) return false;
        ({ epoch } = user);
      }
      throw new Failure('busy');
    },
  }),
);
