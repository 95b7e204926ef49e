import { readRow } from '../aws/read-row.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { CodeLetter } from './mail-code.ts';
import type { User } from '../users/user.ts';
import { codesRef } from './code-rows.ts';
import { emailClaimRef, userRef, type Claim } from '../users/user-rows.ts';

/** Reads what the mailer needs to mail a code. */
export const readLetters = capability(
  'letters',
  [onTable('codes', 'GetItem'), onTable('users', 'GetItem')],
  (config) => ({
    /** The letter, if it still has this `n` and has not expired: a used or expired code is not mailed. */
    async find(pk: string, n: string, now: number): Promise<CodeLetter | undefined> {
      const letter = await readRow<CodeLetter>(codesRef(config, pk));
      return letter?.n === n && letter.expiresAt > now ? letter : undefined;
    },

    /**
     * The user to whom the letter goes. Undefined if no account has the address, which is not revealed to the caller who
     * opened the flow, or if another user has proven the address, or if the account is disabled.
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
