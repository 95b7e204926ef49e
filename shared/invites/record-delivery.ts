import type { Write } from '../aws/transaction.ts';
import { joinUpdates, setFields } from '../aws/update.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { Config } from '../deployment/config.ts';
import { isTrouble, type Delivery, type DeliveryReason } from '../mail/delivery.ts';
import type { InviteMail, Mail } from '../mail/outbox.ts';
import { inviteRef } from './invite-rows.ts';
import type { Invite } from './invite.ts';

/**
 * For each new report on an invite's mail, the recorded deliveries that it may replace. SES's reports come in any order, and can
 * overtake the mailer's own. A report that a mail was delivered does not hide a bounce or a reader's complaint, unless that bounce was
 * passing: it may be the reader's automatic reply.
 */
const before: Record<Exclude<Delivery, 'pending'>, readonly Delivery[]> = {
  sent: ['pending'],
  failed: ['pending'],
  delivered: ['pending', 'sent', 'failed', 'delivered'],
  bounced: ['pending', 'sent', 'failed', 'delivered', 'bounced'],
  complained: ['pending', 'sent', 'failed', 'delivered', 'bounced', 'complained'],
};

/** The same for a passing bounce. */
const beforePassing: readonly Delivery[] = ['pending', 'sent', 'failed'];

/** What became of a mail, when, and why if it came to nothing; `obsolete` if it will not be sent any more. */
export interface Told {
  delivery: keyof typeof before | 'obsolete';
  at: number;
  reason?: DeliveryReason | undefined;
  /** Whether it is a passing bounce (`isPassing`). */
  isPassing?: boolean;
}

/** Times that a delivery notes. Whatever SES reports of a mail, the mail went out. */
const noted: Record<keyof typeof before, readonly (keyof Invite)[]> = {
  sent: ['sentAt'],
  failed: ['troubleAt'],
  delivered: ['sentAt', 'deliveredAt'],
  bounced: ['sentAt', 'troubleAt'],
  complained: ['sentAt', 'deliveredAt', 'troubleAt'],
};

/** Records what became of an invite's mail, if the invite still has the mail's generation and no later report is recorded. */
function deliveryWrite(
  config: Config,
  { inviteId, generation }: InviteMail,
  { delivery, at, reason, isPassing = false }: Told & { delivery: keyof typeof before },
): Write {
  const trouble = isTrouble(delivery);
  const replaces = isPassing ? beforePassing : before[delivery];
  const earlier = Object.fromEntries(replaces.map((one) => [`:${one}`, one]));
  const isArrival = delivery === 'delivered';
  const orPassing = isArrival ? ' OR (delivery = :bounced AND mayHaveArrived = :true)' : '';
  return {
    Update: {
      ...inviteRef(config, inviteId),
      ...joinUpdates([
        setFields({
          delivery,
          ...(trouble ? { trouble: 'undelivered' } : { trouble: undefined, troubleAt: undefined }),
          deliveryReason: reason,
          mayHaveArrived: isPassing || undefined,
        }),
        {
          set: noted[delivery].map((name) => `${name} = if_not_exists(${name}, :at)`).join(', '),
          when: `generation = :generation AND (delivery IN (${Object.keys(earlier).join(', ')})${orPassing})`,
          values: {
            ...earlier,
            ...(isArrival && { ':bounced': 'bounced', ':true': true }),
            ':generation': generation,
            ':at': at,
          },
        },
      ]),
    },
  };
}

/** Records on an ended invite that it gets no mail any more, unless a report says that the mail went out after all. */
const noMailWrite = (config: Config, { inviteId, generation }: InviteMail): Write => ({
  Update: {
    ...inviteRef(config, inviteId),
    UpdateExpression: 'REMOVE delivery',
    ConditionExpression: 'generation = :generation AND delivery = :pending',
    ExpressionAttributeValues: { ':generation': generation, ':pending': 'pending' },
  },
});

/** Records on invites what became of their mails. */
export const tellInvites = capability('told', [onTable('invites', 'UpdateItem')], (config) => ({
  /** The write for the transaction that records this on the mail; undefined if no invite waits for it. */
  delivery(mail: Mail, { delivery, ...told }: Told): Write | undefined {
    if (mail.kind !== 'invite') return undefined;
    return delivery === 'obsolete'
      ? noMailWrite(config, mail)
      : deliveryWrite(config, mail, { delivery, ...told });
  },
}));
