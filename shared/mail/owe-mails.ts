import { capability, onTable } from '../deployment/capability.ts';
import { outboxWrite, type InviteMail } from './outbox.ts';
import { transact } from '../aws/transaction.ts';

/** Owes mails about invites without a change of the invites. */
export const oweMails = capability('mails', [onTable('mails', 'PutItem')], (config) => ({
  async owe(
    invite: { id: string; generation: number },
    mailbox: string,
    kind: InviteMail['kind'],
    now: number,
  ): Promise<void> {
    await transact({ mail: outboxWrite(config, invite, mailbox, now, kind) });
  },
}));
