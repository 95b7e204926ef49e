import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../aws/dynamodb.ts';
import { capability, onTable } from '../capability.ts';
import type { User } from '../domain/user.ts';
import { auditWrite, type AuditEntry } from './audit.ts';
import { transact } from './transaction.ts';
import { userKey } from './users.ts';

/** Grants users more or less than the deployment does. */
export const limitUsers = capability(
  'users',
  [onTable('users', 'GetItem', 'UpdateItem'), onTable('audit', 'PutItem')],
  (config) => ({
    /** Sets how many invites a user may send, null for the deployment's number; undefined when there is no such user. */
    async limitInvites(
      userId: string,
      invites: number | null,
      by: Pick<AuditEntry, 'actorId' | 'address'>,
      now: number,
    ): Promise<User | undefined> {
      const row = { TableName: config.table('users'), Key: userKey(userId) };
      const refused = await transact({
        user: {
          Update: {
            ...row,
            ConditionExpression: 'attribute_exists(pk)',
            ...(invites === null
              ? { UpdateExpression: 'REMOVE inviteQuota' }
              : {
                  UpdateExpression: 'SET inviteQuota = :invites',
                  ExpressionAttributeValues: { ':invites': invites },
                }),
          },
        },
        audit: auditWrite(config, {
          ...by,
          action: 'user.limit',
          outcome: 'done',
          subjectId: userId,
          at: now,
        }),
      });
      if (refused.length > 0) return undefined;
      const { Item } = await documents.send(new GetCommand({ ...row, ConsistentRead: true }));
      return Item as User | undefined;
    },
  }),
);
