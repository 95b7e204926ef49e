import { type Actor, auditWrite } from '../audit/write-audit.ts';
import { transact } from '../aws/transaction.ts';
import { disableWrite } from '../users/user-writes.ts';
import { capability, onTable } from '../deployment/capability.ts';

export const disableUsers = capability(
  'users',
  [onTable('users', 'UpdateItem'), onTable('audit', 'PutItem')],
  (config) => ({
    /** Disables a user who is no administrator, and ends all their sessions; false when there is nothing to do. */
    async disable(userId: string, by: Actor, now: number): Promise<boolean> {
      const refused = await transact({
        user: disableWrite(config, userId, now),
        audit: auditWrite(config, {
          ...by,
          action: 'user.disable',
          outcome: 'done',
          subjectId: userId,
          at: now,
        }),
      });
      return refused.length === 0;
    },
  }),
);
