import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../aws/dynamodb.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { User } from '../users/user.ts';
import type { Credentials } from '../passwords/hash-passwords.ts';
import { passphraseKey, redemptionKey } from '../aws/invite-keys.ts';
import { userKey } from '../aws/user-keys.ts';

/** Reads what device-only invites have besides: their pass phrase, and which device became which user. */
export const readDeviceInvites = capability(
  'devices',
  [onTable('invites', 'GetItem'), onTable('users', 'GetItem')],
  (config) => {
    const read = async (table: 'invites' | 'users', Key: object) => {
      const input = { TableName: config.table(table), Key: { ...Key }, ConsistentRead: true };
      return (await documents.send(new GetCommand(input))).Item;
    };
    return {
      passphrase: async (inviteId: string) =>
        (await read('invites', passphraseKey(inviteId))) as Credentials | undefined,

      user: async (userId: string) => (await read('users', userKey(userId))) as User | undefined,

      /** The user that `person` has become by the invite. */
      async redeemer(inviteId: string, person: string): Promise<User | undefined> {
        const redemption = await read('invites', redemptionKey(inviteId, person));
        return (
          redemption && ((await read('users', userKey(String(redemption['userId'])))) as User | undefined)
        );
      },
    };
  },
);
