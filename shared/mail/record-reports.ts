import { readRow } from '../aws/read-row.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { Delivery } from './delivery.ts';
import { mailRef, type Mail } from './outbox.ts';
import { suppressionWrite } from './suppressions.ts';
import { transact, type Write } from '../aws/transaction.ts';

/** A state of a mail that SES reports. */
export type Report = Extract<Delivery, 'delivered' | 'bounced' | 'complained'>;

/** Records SES's reports on sent mails. */
export const recordReports = capability('reports', [onTable('mails', 'GetItem', 'PutItem')], (config) => ({
  /**
   * Suppresses the mailbox if `suppress` is set, even if the mail's row is gone: complaints arrive for months.
   * @param about the mail, and the address that the report gives for it.
   * @param tell the write that records the report on the mail's subject, in the same transaction, unless the subject has changed since.
   */
  async record(
    { mailId, to }: { mailId: string; to: string | undefined },
    delivery: Report,
    suppress: boolean,
    tell: (mail: Mail) => Write | undefined,
    now: number,
  ): Promise<void> {
    const mail = await readRow<Mail>(mailRef(config, mailId));
    const email = mail?.to ?? to;
    const suppression =
      suppress && email !== undefined ? suppressionWrite(config, email, delivery, now) : undefined;
    const told = mail && tell(mail);
    const refused = suppression || told ? await transact({ suppression, told }) : [];
    if (refused.includes('told') && suppression) await transact({ suppression });
  },
}));
