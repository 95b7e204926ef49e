import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../aws/dynamodb.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { Session } from '../sessions/session.ts';
import type { User } from '../users/user.ts';
import type { Credentials } from '../passwords/hash-passwords.ts';
import { auditWrite } from '../audit/write-audit.ts';
import { noticeWrite } from '../mail/outbox.ts';
import { transact } from '../aws/transaction.ts';
import { userKey } from '../aws/user-keys.ts';

/** Changes the passwords of users who are signed in. */
export const changePasswords = capability(
  'users',
  [
    onTable('users', 'UpdateItem'),
    onTable('credentials', 'GetItem', 'PutItem'),
    onTable('sessions', 'UpdateItem'),
    onTable('mails', 'PutItem'),
    onTable('audit', 'PutItem'),
  ],
  (config) => ({
    /** What the present password is compared with; undefined for who has none. */
    async credentials(userId: string): Promise<Credentials | undefined> {
      const { Item } = await documents.send(
        new GetCommand({ TableName: config.table('credentials'), Key: { userId }, ConsistentRead: true }),
      );
      return Item as Credentials | undefined;
    },

    /**
     * Puts `next` in the place of `known` and ends all sessions but the caller's: the epoch is raised, and theirs with
     * it.
     * @returns whether it was done; not if the password, the user or the session changed meanwhile.
     */
    async change(
      { user, session }: { user: User; session: Session },
      known: Credentials,
      next: Credentials,
      address: string,
      now: number,
    ): Promise<boolean> {
      const { id: actorId, epoch } = user;
      const raise = {
        UpdateExpression: 'SET epoch = :next',
        ExpressionAttributeValues: { ':next': epoch + 1, ':epoch': epoch },
      };
      const refused = await transact({
        user: {
          Update: {
            TableName: config.table('users'),
            Key: userKey(user.id),
            ...raise,
            ConditionExpression: 'epoch = :epoch AND #status = :active',
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: { ...raise.ExpressionAttributeValues, ':active': 'active' },
          },
        },
        session: {
          Update: {
            TableName: config.table('sessions'),
            Key: { userId: user.id, id: session.id },
            ...raise,
            ConditionExpression: 'epoch = :epoch',
          },
        },
        credentials: {
          Put: {
            TableName: config.table('credentials'),
            Item: next,
            ConditionExpression: '#hash = :known',
            ExpressionAttributeNames: { '#hash': 'hash' },
            ExpressionAttributeValues: { ':known': known.hash },
          },
        },
        notice: noticeWrite(config, user, 'password', { address }, now),
        audit: auditWrite(config, { action: 'password.update', outcome: 'done', actorId, address, at: now }),
      });
      return refused.length === 0;
    },
  }),
);
