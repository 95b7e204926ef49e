import type { DynamoDBStreamEvent } from 'aws-lambda';
import { job } from '#shared/operation/job.ts';
import { deliverMail } from '#shared/mail/deliver.ts';
import { deliverNew } from '#shared/mail/deliver-new.ts';
import { inviteMails, writeInviteMails } from '#shared/invites/invite-mails.ts';

export default job({
  summary: 'Sends invites as soon as they are owed.',
  trigger: { stream: 'mails', only: { queue: 'due' } },
  uses: [...deliverMail, ...writeInviteMails],
  run: (context) => deliverNew(context.event as DynamoDBStreamEvent, inviteMails(context), context),
});
