import type { Write } from '../aws/transaction.ts';
import { adminsKey, emailKey, userKey } from '../aws/user-keys.ts';
import type { Config } from '../deployment/config.ts';
import type { User } from './user.ts';

export const free = 'attribute_not_exists(pk)';

/** Claims the address: a free one, or one that `displaced` has claimed without proof. */
export function emailWrite(
  TableName: string,
  user: User & { email: string },
  displaced: string | undefined,
): Write {
  const Item = { ...emailKey(user.email), userId: user.id, verified: user.emailVerified };
  if (displaced === undefined) return { Put: { TableName, Item, ConditionExpression: free } };
  return {
    Put: {
      TableName,
      Item,
      ConditionExpression: 'userId = :displaced AND verified = :false',
      ExpressionAttributeValues: { ':displaced': displaced, ':false': false },
    },
  };
}

/** Takes the address from the user who claimed it without proof. */
export const displacement = (
  TableName: string,
  displaced: string,
  email: string | undefined,
  isIssuer = false,
): Write => ({
  Update: {
    TableName,
    Key: userKey(displaced),
    UpdateExpression: 'REMOVE email SET emailVerified = :false',
    ConditionExpression: isIssuer ? 'email = :email AND #status = :active' : 'email = :email',
    ...(isIssuer && { ExpressionAttributeNames: { '#status': 'status' } }),
    ExpressionAttributeValues: { ':email': email, ':false': false, ...(isIssuer && { ':active': 'active' }) },
  },
});
export const adminCount = (TableName: string): Write => ({
  Update: {
    TableName,
    Key: adminsKey,
    UpdateExpression: 'ADD members :one',
    ExpressionAttributeValues: { ':one': 1 },
  },
});

/** Counts active administrators; the last one stays (C67). */
export function adminCountWrite(config: Config, more: number): Write | undefined {
  if (more === 0) return undefined;
  return {
    Update: {
      TableName: config.table('users'),
      Key: adminsKey,
      UpdateExpression: 'ADD members :more',
      ...(more < 0 && { ConditionExpression: 'members > :one' }),
      ExpressionAttributeValues: { ':more': more, ...(more < 0 && { ':one': 1 }) },
    },
  };
}

/** Marks the claim on the user's address as proven, so that it yields to nobody any more. */
export const verifiedClaim = (config: Config, { id, email = '' }: User): Write => ({
  Update: {
    TableName: config.table('users'),
    Key: emailKey(email),
    UpdateExpression: 'SET verified = :true',
    ConditionExpression: 'userId = :id',
    ExpressionAttributeValues: { ':true': true, ':id': id },
  },
});

/** One administrator must remain, whoever else goes at the same time (C67). */
export const oneAdminLess = (TableName: string): Write => ({
  Update: {
    TableName,
    Key: adminsKey,
    UpdateExpression: 'ADD members :less',
    ConditionExpression: 'members > :one',
    ExpressionAttributeValues: { ':less': -1, ':one': 1 },
  },
});

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
