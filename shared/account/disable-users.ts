import { type AuditEntry, auditWrite } from '../audit/write-audit.ts';
import { transact } from '../aws/transaction.ts';
import { userKey } from '../aws/user-keys.ts';
import { capability, onTable } from '../deployment/capability.ts';

/** Shuts users out. */
export const disableUsers = capability(
  'users',
  [onTable('users', 'UpdateItem'), onTable('audit', 'PutItem')],
  (config) => ({
    /** Disables a user who is no administrator, and ends all their sessions; false when there is nothing to do. */
    async disable(
      userId: string,
      by: Pick<AuditEntry, 'actorId' | 'address'>,
      now: number,
    ): Promise<boolean> {
      const refused = await transact({
        user: {
          Update: {
            TableName: config.table('users'),
            Key: userKey(userId),
            UpdateExpression: 'SET #status = :disabled, epoch = epoch + :one',
            ConditionExpression: '#status = :active AND #role = :general',
            ExpressionAttributeNames: { '#status': 'status', '#role': 'role' },
            ExpressionAttributeValues: {
              ':disabled': 'disabled',
              ':active': 'active',
              ':general': 'general',
              ':one': 1,
            },
          },
        },
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
