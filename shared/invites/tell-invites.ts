import type { Write } from '../aws/transaction.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { Config } from '../deployment/config.ts';
import { isTrouble, type Delivery } from '../mail/delivery.ts';
import type { InviteMail, Mail } from '../mail/outbox.ts';
import { inviteRef } from './invite-rows.ts';

/**
 * What an invite may have heard of its mail before it hears this. SES's reports come in any order, and can overtake the
 * mailer's own: that a mail was delivered does not hide that it bounced, or that its reader complains.
 */
const before: Record<Exclude<Delivery, 'pending'>, readonly Delivery[]> = {
  sent: ['pending'],
  failed: ['pending'],
  delivered: ['pending', 'sent', 'failed', 'delivered'],
  bounced: ['pending', 'sent', 'failed', 'delivered', 'bounced'],
  complained: ['pending', 'sent', 'failed', 'delivered', 'bounced', 'complained'],
};

/** Tells an invite what became of its mail, as long as it is of the mail's generation and has heard of nothing later. */
function deliveryWrite(
  config: Config,
  { inviteId, generation }: InviteMail,
  delivery: keyof typeof before,
): Write {
  const trouble = isTrouble(delivery);
  const earlier = Object.fromEntries(before[delivery].map((one) => [`:${one}`, one]));
  return {
    Update: {
      ...inviteRef(config, inviteId),
      UpdateExpression: `SET delivery = :now ${trouble ? ', trouble = :trouble' : 'REMOVE trouble'}`,
      ConditionExpression: `generation = :generation AND delivery IN (${Object.keys(earlier).join(', ')})`,
      ExpressionAttributeValues: {
        ...earlier,
        ':now': delivery,
        ':generation': generation,
        ...(trouble && { ':trouble': 'undelivered' }),
      },
    },
  };
}

/** Tells invites what became of their mails. */
export const tellInvites = capability('told', [onTable('invites', 'UpdateItem')], (config) => ({
  /** For the transaction that takes it down of the mail; undefined where no invite waits to hear it. */
  delivery: (mail: Mail, delivery: keyof typeof before): Write | undefined =>
    // A used invite learns nothing more about its mail.
    mail.kind === 'invite' ? deliveryWrite(config, mail, delivery) : undefined,
}));
