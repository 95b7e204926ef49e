import { TransactionCanceledException, TransactionInProgressException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { documents } from './dynamodb.ts';
import { retryConflicts } from './retry-conflicts.ts';

export type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** Reasons that say nothing about our conditions: another write was under way, or DynamoDB was too busy. */
const passing = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

/**
 * Writes all of `writes` or none. Conflicts with other transactions are tried again with jitter, which the SDK does
 * not do; each attempt has the SDK's own request token, so that an answer lost on the way is not a second write.
 * @returns the names of the writes whose condition was refused; none when everything was written.
 * @throws Failure `busy` when conflicts do not end.
 */
export async function transact<Name extends string>(
  writes: Readonly<Partial<Record<Name, Write | undefined>>>,
): Promise<readonly Name[]> {
  const names = (Object.keys(writes) as Name[]).filter((name) => writes[name] !== undefined);
  const TransactItems = names.map((name) => writes[name] as Write);
  try {
    await retryConflicts(() => documents.send(new TransactWriteCommand({ TransactItems })), isConflict);
    return [];
  } catch (error) {
    const reasons = reasonsOf(error);
    const refused = names.filter((_, position) => reasons[position] === 'ConditionalCheckFailed');
    if (refused.length === 0) throw error;
    return refused;
  }
}

const isConflict = (error: unknown): boolean =>
  error instanceof TransactionInProgressException ||
  (error instanceof TransactionCanceledException &&
    reasonsOf(error).every((reason) => reason === 'None' || passing.has(reason)));

const reasonsOf = (error: unknown): string[] =>
  error instanceof TransactionCanceledException
    ? (error.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None')
    : [];
