import { transact } from '../aws/transaction.ts';
import { capability, onTable } from '../deployment/capability.ts';
import { grantDeletions } from '../apps/grant-rows.ts';
import { sessionDeletions } from '../sessions/session-rows.ts';
import { keyDeletions } from '../vault/key-rows.ts';

/** Rows that one transaction erases; DynamoDB allows up to 100. */
const together = 50;

/** Erases what deleted users leave behind: sessions, known devices, API keys and what they have granted to apps. */
export const eraseRows = capability(
  'leftovers',
  [
    onTable('sessions', 'Query', 'DeleteItem'),
    onTable('keys', 'Query', 'DeleteItem'),
    onTable('grants', 'Query', 'DeleteItem'),
  ],
  (config) => ({
    /** Erases all rows of a user. If one table fails, the rows of the others are still erased. A repeat is harmless. */
    async erase(userId: string): Promise<void> {
      const tables = [sessionDeletions, keyDeletions, grantDeletions].map(async (deletionsOf) => {
        const deletions = Object.entries(await deletionsOf(config, userId));
        for (let start = 0; start < deletions.length; start += together)
          await transact(Object.fromEntries(deletions.slice(start, start + together)));
      });
      await Promise.allSettled(tables);
      await Promise.all(tables);
    },
  }),
);
