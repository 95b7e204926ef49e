import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../aws/dynamodb.ts';
import { capability, onTable } from '../capability.ts';
import { normalizeEmail, type User } from '../domain/user.ts';
import type { Credentials } from '../keys/passwords.ts';
import { readRows } from './batch.ts';
import { emailKey, userKey, usernameKey, type Claim } from './users.ts';

export interface Account {
  user: User;
  credentials: Credentials;
}

/** Finds accounts with their credentials, by what people sign in with. */
export const findAccounts = capability(
  'accounts',
  [onTable('users', 'GetItem', 'BatchGetItem'), onTable('credentials', 'BatchGetItem')],
  (config) => ({
    /**
     * The account of an email address or a username. The same two calls are made whether it exists or not, so
     * that nobody can tell from outside (C26).
     */
    async find(login: string): Promise<Account | undefined> {
      const name = normalizeEmail(login);
      const { Item } = await documents.send(
        new GetCommand({
          TableName: config.table('users'),
          Key: name.includes('@') ? emailKey(name) : usernameKey(name),
          ConsistentRead: true,
        }),
      );
      const { userId = 'nobody' } = (Item ?? {}) as Partial<Claim>;
      const rows = await readRows({
        [config.table('users')]: [userKey(userId)],
        [config.table('credentials')]: [{ userId }],
      });
      const user = rows[config.table('users')]?.[0] as User | undefined;
      const credentials = rows[config.table('credentials')]?.[0] as Credentials | undefined;
      return user && credentials && { user, credentials };
    },
  }),
);
