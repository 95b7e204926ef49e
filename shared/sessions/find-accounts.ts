import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../aws/dynamodb.ts';
import { capability, onTable } from '../deployment/capability.ts';
import { type User } from '../users/user.ts';
import { normalizeEmail } from '../email.ts';
import type { Credentials } from '../passwords/hash-passwords.ts';
import { readRows } from '../aws/read-rows.ts';
import { deviceKey, isKnown } from './known-devices.ts';
import { emailKey, userKey, usernameKey, type Claim } from '../aws/user-keys.ts';

export interface Account {
  user: User;
  credentials: Credentials;
  /** The device, of those that were asked for, by which somebody has signed in to the account before. */
  knownDevice?: string | undefined;
}

interface DeviceRow {
  device: string;
  lastSeenAt: number;
}

/** Finds accounts with their credentials, by what people sign in with. */
export const findAccounts = capability(
  'accounts',
  [
    onTable('users', 'GetItem', 'BatchGetItem'),
    onTable('credentials', 'BatchGetItem'),
    onTable('sessions', 'BatchGetItem'),
  ],
  (config) => ({
    /**
     * The account of an email address or a username. The same two calls are made whether it exists or not, so
     * that nobody can tell from outside (C26).
     * @param devices what the caller shows of their device, as `deviceHash` writes it.
     */
    async find(login: string, now: number, devices: readonly string[] = []): Promise<Account | undefined> {
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
        ...(devices.length > 0 && {
          [config.table('sessions')]: devices.map((device) => deviceKey(userId, device)),
        }),
      });
      const user = rows[config.table('users')]?.[0] as User | undefined;
      const credentials = rows[config.table('credentials')]?.[0] as Credentials | undefined;
      if (!user || !credentials) return undefined;
      const known = (rows[config.table('sessions')] as DeviceRow[] | undefined)?.find(({ lastSeenAt }) =>
        isKnown(lastSeenAt, user, now),
      );
      return { user, credentials, knownDevice: known?.device };
    },
  }),
);
