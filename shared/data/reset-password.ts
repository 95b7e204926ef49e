import { capability, onTable } from '../capability.ts';
import type { CodeLetter } from '../domain/mail-code.ts';
import type { User } from '../domain/user.ts';
import type { Credentials } from '../keys/passwords.ts';
import { auditWrite } from './audit.ts';
import { burnWrite } from './check-flows.ts';
import { provenClaimWrite, provenUserWrite } from './mailbox-writes.ts';
import { unlockWrite } from './lockout.ts';
import { noticeWrite } from './outbox.ts';
import { transact } from './transaction.ts';

/** Sets forgotten passwords anew. */
export const resetPasswords = capability(
  'resets',
  [
    onTable('users', 'UpdateItem'),
    onTable('credentials', 'PutItem'),
    onTable('codes', 'DeleteItem'),
    onTable('mails', 'PutItem'),
    onTable('counters', 'DeleteItem'),
    onTable('audit', 'PutItem'),
  ],
  (config) => ({
    /**
     * Puts the new password in place, ends every session and access token (C34), and takes the mailbox as proven, since
     * the code came by it (C68), and lets the owner try again who was locked out; all or nothing.
     * @returns whether it was done; not if the code was used, or the address or the account was lost meanwhile.
     */
    async put(
      user: User,
      letter: CodeLetter,
      credentials: Credentials,
      address: string,
      now: number,
    ): Promise<boolean> {
      const { id: actorId } = user;
      const proven = { ...user, emailVerified: true };
      const refused = await transact({
        letter: burnWrite(config, letter, now),
        claim: provenClaimWrite(config, letter.email, user),
        user: provenUserWrite(config, letter.email, user, true),
        lock: unlockWrite(config, user.id),
        credentials: { Put: { TableName: config.table('credentials'), Item: credentials } },
        notice: noticeWrite(config, proven, 'password', { address }, now),
        audit: auditWrite(config, { action: 'password.reset', outcome: 'done', actorId, address, at: now }),
      });
      return refused.length === 0;
    },
  }),
);
