import {
  TransactionCanceledException,
  TransactionInProgressException,
  TransactWriteItemsCommand,
  type TransactWriteItem,
} from '@aws-sdk/client-dynamodb';
import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { newId } from '../random.ts';
import { dynamodb, writeInOwnForm } from './dynamodb.ts';
import { retryConflicts } from './retry-conflicts.ts';

export type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** Reasons that say nothing about our conditions: another write was under way, or DynamoDB was too busy. */
const passing = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

/**
 * Writes all of `writes` or none. Retries conflicts with other transactions, with jitter; the SDK does not.
 * @returns the names of the writes whose condition was refused; none when everything was written.
 * @throws Failure `busy` when conflicts do not end.
 */
export async function transact<Name extends string>(
  writes: Readonly<Partial<Record<Name, Write | undefined>>>,
): Promise<readonly Name[]> {
  const names = (Object.keys(writes) as Name[]).filter((name) => writes[name] !== undefined);
  const TransactItems = names.map((name) => itemOf(writes[name]!));
  try {
    await retryConflicts(sending(TransactItems), isConflict);
    return [];
  } catch (error) {
    const reasons = reasonsOf(error);
    const refused = names.filter((_, position) => reasons[position] === 'ConditionalCheckFailed');
    if (refused.length === 0) throw error;
    return refused;
  }
}

/**
 * Sends the transaction. Each try has the same request token, by which DynamoDB recognises a transaction that it has done or is
 * doing. So a retry after a lost or late answer is not a second write, which the first one's result would refuse (C63). Only after a
 * cancelled try does the next one get a new token.
 */
function sending(TransactItems: TransactWriteItem[]): () => Promise<unknown> {
  let ClientRequestToken = newId();
  return async () => {
    try {
      return await dynamodb.send(new TransactWriteItemsCommand({ TransactItems, ClientRequestToken }));
    } catch (error) {
      if (error instanceof TransactionCanceledException) ClientRequestToken = newId();
      throw error;
    }
  };
}

const itemOf = (write: Write): TransactWriteItem =>
  Object.fromEntries(
    Object.entries(write as Record<string, object>).map(([kind, one]) => [kind, writeInOwnForm(one)]),
  );

const isConflict = (error: unknown): boolean =>
  error instanceof TransactionInProgressException ||
  (error instanceof TransactionCanceledException &&
    reasonsOf(error).every((reason) => reason === 'None' || passing.has(reason)));

const reasonsOf = (error: unknown): string[] =>
  error instanceof TransactionCanceledException
    ? (error.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None')
    : [];
