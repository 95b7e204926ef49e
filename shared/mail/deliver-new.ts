import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { second } from '../clock.ts';
import { traceOf } from '../aws/log.ts';
import { deliver, type Mailer, type Writers } from './deliver.ts';

/** How long one batch may take, well below Lambda's limit. The sweep sends the mails that are still owed. */
const maxRunMs = 15 * second;

const isByStranger = ({ dynamodb }: DynamoDBRecord): boolean =>
  dynamodb?.NewImage?.['byStranger']?.BOOL === true;

const strangersLast = (one: DynamoDBRecord, other: DynamoDBRecord): number =>
  Number(isByStranger(one)) - Number(isByStranger(other));

/**
 * Delivers the new mails of a stream's batch one after the other. Mails that strangers caused come last.
 * @returns the records that failed, so that the stream repeats only these.
 */
export async function deliverNew(
  { Records }: DynamoDBStreamEvent,
  writers: Writers,
  mailer: Mailer,
): Promise<DynamoDBBatchResponse> {
  const batchItemFailures: DynamoDBBatchResponse['batchItemFailures'] = [];
  const start = mailer.clock.now();
  for (const { eventName, dynamodb } of Records.toSorted(strangersLast)) {
    if (mailer.clock.now() > start + maxRunMs) break;
    const mailId = dynamodb?.Keys?.['id']?.S;
    if (eventName !== 'INSERT' || mailId === undefined) continue;
    try {
      await deliver(mailId, writers, mailer);
    } catch (error) {
      mailer.log.error('mail.undecided', { mailId, ...traceOf(error) });
      batchItemFailures.push({ itemIdentifier: dynamodb!.SequenceNumber! });
    }
  }
  return { batchItemFailures };
}
