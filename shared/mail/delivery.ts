export const deliveries = ['pending', 'sent', 'delivered', 'bounced', 'complained', 'failed'] as const;

/** The state of an invite's mail; absent if the invite has no mail. */
export type Delivery = (typeof deliveries)[number];

/** Whether a delivery needs an administrator's attention. */
export const isTrouble = (delivery: Delivery): boolean =>
  ['bounced', 'complained', 'failed'].includes(delivery);

/**
 * Why a mail failed, in this order: the mailbox does not exist; it is full; its server refused the mail itself, for its size or
 * content; another, passing cause; the address is suppressed, since earlier mail bounced or was marked as spam; SES refused our own
 * sender at every try.
 */
export const deliveryReasons = [
  'no_mailbox',
  'mailbox_full',
  'content_refused',
  'passing',
  'suppressed',
  'sender_refused',
] as const;
export type DeliveryReason = (typeof deliveryReasons)[number];

/** A bounce as SES reports it. */
export interface Bounce {
  bounceType: 'Permanent' | 'Transient' | 'Undetermined';
  bounceSubType?: string;
}

/**
 * Whether a bounce may be an automatic reply to a mail that has arrived, such as "out of office": SES reports that reply like a mailbox
 * that took no mail for some hours.
 */
export const isPassing = ({ bounceType, bounceSubType = 'General' }: Bounce): boolean =>
  bounceType === 'Transient' && bounceSubType === 'General';

/** The reason for a bounce that SES reports (Amazon SES, bounce types). */
export function reasonOfBounce({ bounceType, bounceSubType = '' }: Bounce): DeliveryReason {
  if (['Suppressed', 'OnAccountSuppressionList'].includes(bounceSubType)) return 'suppressed';
  if (bounceSubType === 'MailboxFull') return 'mailbox_full';
  if (/^(MessageTooLarge|(Content|Attachment)Rejected)$/.test(bounceSubType)) return 'content_refused';
  return bounceType === 'Permanent' ? 'no_mailbox' : 'passing';
}
