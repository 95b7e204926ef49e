import type { DynamoDBStreamEvent } from 'aws-lambda';
import { job } from '#shared/operation/job.ts';
import { accountMails, writeAccountMails } from '#shared/codes/code-mails.ts';
import { deliverMail } from '#shared/mail/deliver.ts';
import { deliverNew } from '#shared/mail/deliver-new.ts';

export default job({
  summary: 'Sends codes and notices, for which people wait, ahead of the invites that are owed.',
  trigger: { stream: 'mails', only: { queue: 'urgent' } },
  uses: [...deliverMail, ...writeAccountMails],
  run: (context) => deliverNew(context.event as DynamoDBStreamEvent, accountMails(context), context),
});
