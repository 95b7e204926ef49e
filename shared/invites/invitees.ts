import { capability, onTable } from '../deployment/capability.ts';
import { readRows } from '../aws/read-rows.ts';
import { suppressionKey } from '../mail/outbox.ts';
import { emailKey } from '../aws/user-keys.ts';

/** Most rows that DynamoDB reads in one `BatchGetItem`. */
const batchLimit = 100;

/** Why an address needs no invite, or can get none. */
export type Obstacle = 'member' | 'suppressed';

/** Finds out about addresses before they are invited. */
export const knowInvitees = capability(
  'invitees',
  [onTable('users', 'BatchGetItem'), onTable('mails', 'BatchGetItem')],
  (config) => ({
    /** Those of `emails` that users have proven to be theirs, or that mail cannot reach. */
    async obstacles(emails: readonly string[]): Promise<Map<string, Obstacle>> {
      const [users, mails] = [config.table('users'), config.table('mails')];
      const unique = [...new Set(emails)];
      const found = new Map<string, Obstacle>();
      for (let start = 0; start < unique.length; start += batchLimit / 2) {
        const some = unique.slice(start, start + batchLimit / 2);
        const rows = await readRows({ [users]: some.map(emailKey), [mails]: some.map(suppressionKey) });
        for (const { email } of rows[mails] ?? []) found.set(String(email), 'suppressed');
        for (const { pk, verified } of rows[users] ?? []) {
          if (verified) found.set(String(pk).slice('email#'.length), 'member');
        }
      }
      return found;
    },
  }),
);
