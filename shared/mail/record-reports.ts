import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../aws/dynamodb.ts';
import { capability, onTable } from '../deployment/capability.ts';
import { type Delivery, deliveryWrite } from './delivery.ts';
import { suppressionKey, type Mail } from './outbox.ts';
import { transact } from '../aws/transaction.ts';

/** What SES reports of a mail. */
export type Report = Extract<Delivery, 'delivered' | 'bounced' | 'complained'>;

/** Takes down what SES reports of mails that were sent. */
export const recordReports = capability(
  'reports',
  [onTable('mails', 'GetItem', 'PutItem'), onTable('invites', 'UpdateItem')],
  (config) => ({
    /** Tells the mail's invite, and keeps the mailbox from further mail where `suppress` says so. */
    async record(mailId: string, delivery: Report, suppress: boolean, now: number): Promise<void> {
      const [mails, invites] = [config.table('mails'), config.table('invites')];
      const { Item } = await documents.send(new GetCommand({ TableName: mails, Key: { id: mailId } }));
      const mail = Item as Mail | undefined;
      if (!mail) return;
      const { to: email } = mail;
      const suppression = suppress
        ? {
            Put: {
              TableName: mails,
              Item: { ...suppressionKey(email), email, reason: delivery, since: now },
            },
          }
        : undefined;
      // The invite of a mail to somebody who has used it has nothing more to hear.
      const invite = mail.kind === 'invite' ? deliveryWrite(invites, mail, delivery) : undefined;
      const refused = suppression || invite ? await transact({ suppression, invite }) : [];
      if (refused.includes('invite') && suppression) await transact({ suppression });
    },
  }),
);
