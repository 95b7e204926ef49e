import { deletionsOf } from '../aws/user-partition.ts';
import { transact } from '../aws/transaction.ts';
import { capability, onTable } from '../deployment/capability.ts';
import { sessionRefs } from '../sessions/session-rows.ts';
import { keyRefs } from '../vault/key-rows.ts';

/** Rows that are erased together; DynamoDB takes up to 100. */
const together = 50;

/** Erases what deleted users leave behind: sessions, known devices and API keys. */
export const eraseRows = capability(
  'leftovers',
  [onTable('sessions', 'Query', 'DeleteItem'), onTable('keys', 'Query', 'DeleteItem')],
  (config) => ({
    /** Erases all rows of a user; what is gone already stays gone. */
    async erase(userId: string): Promise<void> {
      for (const refsOf of [sessionRefs, keyRefs]) {
        const refs = await refsOf(config, userId);
        for (let start = 0; start < refs.length; start += together)
          await transact(deletionsOf(refs.slice(start, start + together)));
      }
    },
  }),
);
