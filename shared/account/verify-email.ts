import { capability, onTable } from '../deployment/capability.ts';
import type { CodeLetter } from '../codes/mail-code.ts';
import type { User } from '../users/user.ts';
import { auditWrite } from '../audit/write-audit.ts';
import { burnWrite } from '../codes/check-flows.ts';
import { provenUserWrite } from '../users/mailbox-writes.ts';
import { proveMailbox } from './prove-mailbox.ts';

/** Records that users have proven their mailboxes. */
export const verifyEmails = capability(
  'users',
  [onTable('users', 'GetItem', 'UpdateItem'), onTable('codes', 'DeleteItem'), onTable('audit', 'PutItem')],
  (config) => ({
    /** @returns undefined, or the reason for a refusal: the code was used meanwhile, or another user has proven the address. */
    async verify(
      user: User,
      letter: CodeLetter,
      address: string,
      now: number,
    ): Promise<'code' | 'taken' | undefined> {
      const { id: actorId } = user;
      const { epoch } = user;
      const refused = await proveMailbox(config, user, letter.email, (known) => ({
        letter: burnWrite(config, letter, now),
        user: provenUserWrite(config, letter.email, { ...known, epoch }, now),
        audit: auditWrite(config, { action: 'email.verify', outcome: 'done', actorId, address, at: now }),
      }));
      if (refused.includes('letter')) return 'code';
      return refused.length > 0 ? 'taken' : undefined;
    },
  }),
);
