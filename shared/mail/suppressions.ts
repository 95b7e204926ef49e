import type { RowRef } from '../aws/read-row.ts';
import type { Write } from '../aws/transaction.ts';
import type { Config } from '../deployment/config.ts';
import type { Delivery } from './delivery.ts';

/** The record that a mailbox gets no more mail: why, and since when (milliseconds). */
export interface Suppression {
  email: string;
  reason: 'bounced' | 'complained';
  since: number;
}

/** The beginning of the ids of suppressions, which lie among the mails. */
export const suppressionPrefix = 'suppressed#';

/** The row of a mailbox that gets no more mail after a bounce or a complaint. It lies in the outbox, but no mailer takes it. */
export const suppressionRef = (config: Config, email: string): RowRef => ({
  TableName: config.table('mails'),
  Key: { id: `${suppressionPrefix}${email}` },
});

export function suppressionWrite(config: Config, email: string, reason: Delivery, now: number): Write {
  const { TableName, Key } = suppressionRef(config, email);
  return { Put: { TableName, Item: { ...Key, email, reason, since: now } } };
}

/** Lifts a suppression as it was read, but not a newer one that another report has written since. */
export const liftWrite = (config: Config, { email, since }: Suppression): Write => ({
  Delete: {
    ...suppressionRef(config, email),
    ConditionExpression: 'since = :since',
    ExpressionAttributeValues: { ':since': since },
  },
});
