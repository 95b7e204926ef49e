import { inviteKey } from '../aws/invite-keys.ts';
import type { InviteMail } from './outbox.ts';
import type { Write } from '../aws/transaction.ts';

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
export function deliveryWrite(
  TableName: string,
  { inviteId, generation }: InviteMail,
  delivery: keyof typeof before,
): Write {
  const trouble = isTrouble(delivery);
  const earlier = Object.fromEntries(before[delivery].map((one) => [`:${one}`, one]));
  return {
    Update: {
      TableName,
      Key: inviteKey(inviteId),
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
export const deliveries = ['pending', 'sent', 'delivered', 'bounced', 'complained', 'failed'] as const;

/** What became of an invite's mail; absent where none was sent. */
export type Delivery = (typeof deliveries)[number];

/** Deliveries that want the admin's attention. */
export const isTrouble = (delivery: Delivery): boolean =>
  ['bounced', 'complained', 'failed'].includes(delivery);
