/** The outcome of a mail to one recipient, or the worst outcome among several recipients. */
export type Delivery = (typeof deliveries)[number];

export const deliveries = ['delivered', 'bounced', 'complained'] as const;

/** The addresses of the SES mailbox simulator, each also with a +label. All other addresses receive the mail. */
const simulated: ReadonlyMap<string, Delivery> = new Map([
  ['success', 'delivered'],
  ['bounce', 'bounced'],
  ['suppressionlist', 'bounced'],
  ['complaint', 'complained'],
  ['ooto', 'delivered'],
]);

const simulator = /^([^+@]+)(?:\+[^@]*)?@simulator\.amazonses\.com$/i;

const mailbox = (address: string): string => simulator.exec(address)?.[1]?.toLowerCase() ?? '';

export const deliveryTo = (address: string): Delivery => simulated.get(mailbox(address)) ?? 'delivered';

/** Whether a bounce comes from SES's own suppression list and not from the receiving server. */
export const suppressed = (address: string): boolean => mailbox(address) === 'suppressionlist';

/** Whether the mailbox answers each mail with an automatic reply, which SES reports as a bounce after the delivery. */
export const isOutOfOffice = (address: string): boolean => mailbox(address) === 'ooto';

export function worstDelivery(addresses: readonly string[]): Delivery {
  const deliveries = new Set(addresses.map(deliveryTo));
  return (['bounced', 'complained'] as const).find((worst) => deliveries.has(worst)) ?? 'delivered';
}
