import { capability, onTable } from '../deployment/capability.ts';
import type { Invite } from '../invites/invite.ts';
import { outboxWrite, type InviteMail } from './outbox.ts';
import { transact } from '../aws/transaction.ts';

/** Owes mails about invites that stay as they are. */
export const oweMails = capability('mails', [onTable('mails', 'PutItem')], (config) => ({
  async owe(invite: Invite, mailbox: string, kind: InviteMail['kind'], now: number): Promise<void> {
    await transact({ mail: outboxWrite(config, invite, mailbox, now, kind) });
  },
}));
