export const deliveries = ['pending', 'sent', 'delivered', 'bounced', 'complained', 'failed'] as const;

/** What became of an invite's mail; absent where none was sent. */
export type Delivery = (typeof deliveries)[number];

/** Deliveries that want the admin's attention. */
export const isTrouble = (delivery: Delivery): boolean =>
  ['bounced', 'complained', 'failed'].includes(delivery);
