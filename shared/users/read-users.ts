import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../aws/dynamodb.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { User } from './user.ts';
import { userKey } from '../aws/user-keys.ts';

/** Reads single users. */
export const readUsers = capability('users', [onTable('users', 'GetItem')], (config) => ({
  async get(id: string): Promise<User | undefined> {
    const { Item } = await documents.send(
      new GetCommand({ TableName: config.table('users'), Key: userKey(id), ConsistentRead: true }),
    );
    return Item as User | undefined;
  },
}));
