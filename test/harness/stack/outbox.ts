import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import type { Stack } from '#local/stack/running-stack.ts';
import { numberOf, textOf } from './rows.ts';

/** The parts of an outbox row that tests look at. */
export interface OutboxRow {
  id: string;
  to: string;
  state: string;
  attempts: number;
  owed: boolean;
}

/** All mails to an address, sent or still owed. */
export async function outbox(stack: Stack, to: string): Promise<OutboxRow[]> {
  const { mails = [] } = await stack.dumpTables();
  return mails
    .filter((row) => textOf(row, 'to') === to)
    .map((row) => ({
      id: textOf(row, 'id'),
      to,
      state: textOf(row, 'state'),
      attempts: numberOf(row, 'attempts'),
      owed: textOf(row, 'queue') !== '',
    }));
}

/** Hands the sample event of a stream to a mailer, with the ids of real mails, one record for each. */
export async function streamMails(
  stack: Stack,
  mailer: 'mail-send' | 'mail-hurry',
  event: object,
  ...mailIds: string[]
): Promise<DynamoDBBatchResponse> {
  const [sample] = (event as DynamoDBStreamEvent).Records;
  const Records = mailIds.map((S) => ({
    ...sample,
    dynamodb: { ...sample!.dynamodb, Keys: { id: { S } } },
  }));
  return (await stack.invoke(mailer, { Records })) as DynamoDBBatchResponse;
}

/** Moves the clock, and waits for the runs that this starts: the schedule sweeps the outbox at once. */
export async function waitSeconds(stack: Stack, seconds: number): Promise<void> {
  stack.clock.offsetSeconds += seconds;
  await stack.settle();
}
