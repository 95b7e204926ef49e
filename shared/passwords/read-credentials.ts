import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../aws/dynamodb.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { Credentials } from './hash-passwords.ts';

/** Reads how the password of a user is kept. */
export const readCredentials = capability('credentials', [onTable('credentials', 'GetItem')], (config) => ({
  /** Undefined for users who are known by their device alone. */
  async of(userId: string): Promise<Credentials | undefined> {
    const { Item } = await documents.send(
      new GetCommand({ TableName: config.table('credentials'), Key: { userId }, ConsistentRead: true }),
    );
    return Item as Credentials | undefined;
  },
}));
