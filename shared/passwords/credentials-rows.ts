import type { RowRef } from '../aws/read-row.ts';
import type { Write } from '../aws/transaction.ts';
import type { Config } from '../deployment/config.ts';
import type { Credentials } from './hash-passwords.ts';

export const credentialsRef = (config: Config, userId: string): RowRef => ({
  TableName: config.table('credentials'),
  Key: { userId },
});

/** Stores credentials, whatever was there before. */
export const credentialsWrite = (config: Config, Item: Credentials) => ({
  Put: { TableName: config.table('credentials'), Item },
});

/** Replaces `known` with `next`, unless the password was changed or deleted meanwhile. */
export const replacedCredentialsWrite = (config: Config, known: Credentials, next: Credentials) =>
  ({
    Put: {
      ...credentialsWrite(config, next).Put,
      ConditionExpression: '#hash = :known',
      ExpressionAttributeNames: { '#hash': 'hash' },
      ExpressionAttributeValues: { ':known': known.hash },
    },
  }) satisfies Write;

export const credentialsDeletion = (config: Config, userId: string): Write => ({
  Delete: credentialsRef(config, userId),
});
