import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { readInvites } from '#shared/data/invite-reads.ts';
import { workOutbox } from '#shared/data/mails.ts';
import { countRates } from '#shared/data/rates.ts';
import { job } from '#shared/job.ts';
import { deriveCodes } from '#shared/keys/invite-codes.ts';
import { issueTokens } from '#shared/keys/invite-tokens.ts';
import { deliver } from '#shared/mail/deliver.ts';
import { sendMail } from '#shared/mail/send.ts';
import { traceOf } from '#shared/log.ts';

export default job({
  summary: 'Sends mails as soon as they are owed.',
  trigger: { stream: 'mails' },
  uses: [workOutbox, readInvites, issueTokens, deriveCodes, countRates, sendMail],
  /** Records that fail are named, so that the stream hands only those over again. */
  async run(context): Promise<DynamoDBBatchResponse> {
    const { Records } = context.event as DynamoDBStreamEvent;
    const batchItemFailures: DynamoDBBatchResponse['batchItemFailures'] = [];
    for (const { eventName, dynamodb } of Records) {
      const mailId = dynamodb?.Keys?.['id']?.S;
      if (eventName !== 'INSERT' || mailId === undefined) continue;
      try {
        await deliver(mailId, context);
      } catch (error) {
        context.log.error('mail.undecided', { mailId, ...traceOf(error) });
        batchItemFailures.push({ itemIdentifier: dynamodb!.SequenceNumber! });
      }
    }
    return { batchItemFailures };
  },
});
