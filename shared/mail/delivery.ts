export const deliveries = ['pending', 'sent', 'delivered', 'bounced', 'complained', 'failed'] as const;

/** What became of an invite's mail; absent where none was sent. */
export type Delivery = (typeof deliveries)[number];

/** Deliveries that want the admin's attention. */
export const isTrouble = (delivery: Delivery): boolean =>
  ['bounced', 'complained', 'failed'].includes(delivery);

/**
 * Why a mail came to nothing: there is no such mailbox; it is full; the mail itself was refused there; another, passing cause; the
 * address is held back, since mail to it came back or was marked as spam before; our own sender was refused, each time.
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

/** The reason of a bounce, in SES's words (Amazon SES, bounce types). */
export function reasonOfBounce({
  bounceType,
  bounceSubType = '',
}: {
  bounceType: string;
  bounceSubType?: string;
}): DeliveryReason {
  if (['Suppressed', 'OnAccountSuppressionList'].includes(bounceSubType)) return 'suppressed';
  if (bounceSubType === 'MailboxFull') return 'mailbox_full';
  if (/^(MessageTooLarge|(Content|Attachment)Rejected)$/.test(bounceSubType)) return 'content_refused';
  return bounceType === 'Permanent' ? 'no_mailbox' : 'passing';
}
