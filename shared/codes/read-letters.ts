import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../aws/dynamodb.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { CodeLetter } from './mail-code.ts';
import type { User } from '../users/user.ts';
import { emailKey, userKey, type Claim } from '../aws/user-keys.ts';

/** What the mailer reads before it mails a code. */
export const readLetters = capability(
  'letters',
  [onTable('codes', 'GetItem'), onTable('users', 'GetItem')],
  (config) => {
    async function read<Row>(table: 'codes' | 'users', Key: { pk: string }): Promise<Row | undefined> {
      const input = { TableName: config.table(table), Key, ConsistentRead: true };
      return (await documents.send(new GetCommand(input))).Item as Row | undefined;
    }
    return {
      /** The letter, as long as it is still this one: a code that was used or has expired is not mailed. */
      async find(pk: string, n: string, now: number): Promise<CodeLetter | undefined> {
        const letter = await read<CodeLetter>('codes', { pk });
        return letter?.n === n && letter.expiresAt > now ? letter : undefined;
      },

      /**
       * Whose letter it is. Undefined where nobody has such an account, which whoever asked is not told, and where the
       * address belongs to somebody else.
       */
      async reader({ userId, email }: CodeLetter): Promise<User | undefined> {
        const claim = await read<Claim>('users', emailKey(email));
        if (userId !== undefined && claim?.verified && claim.userId !== userId) return undefined;
        const id = userId ?? claim?.userId;
        const user = id === undefined ? undefined : await read<User>('users', userKey(id));
        return user?.status === 'active' ? user : undefined;
      },
    };
  },
);
