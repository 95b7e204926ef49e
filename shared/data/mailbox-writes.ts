import type { Config } from '../config.ts';
import type { User } from '../domain/user.ts';
import type { Write } from './transaction.ts';
import { emailKey, userKey } from './users.ts';

/** Marks the user's claim on an address as proven, as long as it is the user's. */
export const provenClaimWrite = (config: Config, email: string, { id }: Pick<User, 'id'>): Write => ({
  Update: {
    TableName: config.table('users'),
    Key: emailKey(email),
    UpdateExpression: 'SET verified = :true',
    ConditionExpression: 'userId = :id',
    ExpressionAttributeValues: { ':true': true, ':id': id },
  },
});

/**
 * Marks the user's mailbox as proven, as long as it is the user's address and the user is not disabled.
 * @param endSessions raises the epoch: every session and access token of the user is dead.
 */
export const provenUserWrite = (
  config: Config,
  email: string,
  { id }: Pick<User, 'id'>,
  endSessions = false,
): Write => ({
  Update: {
    TableName: config.table('users'),
    Key: userKey(id),
    UpdateExpression: `SET emailVerified = :true${endSessions ? ' ADD epoch :one' : ''}`,
    ConditionExpression: 'email = :email AND #status = :active',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: {
      ':true': true,
      ':email': email,
      ':active': 'active',
      ...(endSessions && { ':one': 1 }),
    },
  },
});
