import { readRow } from '../aws/read-row.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { CodeLetter } from './mail-code.ts';
import type { User } from '../users/user.ts';
import { codesRef } from './code-rows.ts';
import { emailClaimRef, userRef, type Claim } from '../users/user-rows.ts';

/** What the mailer reads before it mails a code. */
export const readLetters = capability(
  'letters',
  [onTable('codes', 'GetItem'), onTable('users', 'GetItem')],
  (config) => ({
    /** The letter, as long as it is still this one: a code that was used or has expired is not mailed. */
    async find(pk: string, n: string, now: number): Promise<CodeLetter | undefined> {
      const letter = await readRow<CodeLetter>(codesRef(config, pk));
      return letter?.n === n && letter.expiresAt > now ? letter : undefined;
    },

    /**
     * The user to whom the letter goes. Undefined where no account has the address, which the caller is not told, and
     * where the address belongs to another user.
     */
    async reader({ userId, email }: CodeLetter): Promise<User | undefined> {
      const claim = await readRow<Claim>(emailClaimRef(config, email));
      if (userId !== undefined && claim?.verified && claim.userId !== userId) return undefined;
      const id = userId ?? claim?.userId;
      const user = id === undefined ? undefined : await readRow<User>(userRef(config, id));
      return user?.status === 'active' ? user : undefined;
    },
  }),
);
