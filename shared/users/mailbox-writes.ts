import type { Config } from '../deployment/config.ts';
import type { User } from './user.ts';
import type { Write } from '../aws/transaction.ts';
import { userKey } from '../aws/user-keys.ts';

/** Marks the user's mailbox as proven, as long as it is the user's address and the user's sessions were not ended. */
export const provenUserWrite = (
  config: Config,
  email: string,
  { id, epoch }: Pick<User, 'id' | 'epoch'>,
): Write => ({
  Update: {
    TableName: config.table('users'),
    Key: userKey(id),
    UpdateExpression: 'SET emailVerified = :true',
    ConditionExpression: 'email = :email AND #status = :active AND epoch = :epoch',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':true': true, ':email': email, ':active': 'active', ':epoch': epoch },
  },
});

/**
 * Gives the account to whoever has the mailbox, as long as it is the user's address and the user is not disabled: the
 * mailbox is proven, every session and access token is dead, locks end, and devices are known no more.
 */
export const renewedUserWrite = (
  config: Config,
  email: string,
  { id }: Pick<User, 'id'>,
  now: number,
): Write => ({
  Update: {
    TableName: config.table('users'),
    Key: userKey(id),
    UpdateExpression: 'SET emailVerified = :true, devicesFrom = :now ADD epoch :one, lockEpoch :one',
    ConditionExpression: 'email = :email AND #status = :active',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: {
      ':true': true,
      ':now': now,
      ':one': 1,
      ':email': email,
      ':active': 'active',
    },
  },
});
