import { setTimeout as wait } from 'node:timers/promises';
import { TransactionCanceledException, TransactionInProgressException } from '@aws-sdk/client-dynamodb';
import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { documents } from './dynamodb.ts';
import { Failure } from '../errors/failure.ts';

export type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** Milliseconds within which a transaction must get through, and the longest pause between two attempts. */
const patience = 5_000;
const longestPause = 200;

/** Reasons that say nothing about our conditions: somebody else was writing, or DynamoDB was too busy. */
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
  const start = performance.now();
  for (let attempt = 1; ; attempt += 1) {
    try {
      await documents.send(new TransactWriteCommand({ TransactItems }));
      return [];
    } catch (error) {
      const reasons = reasonsOf(error);
      const refused = names.filter((_, position) => reasons[position] === 'ConditionalCheckFailed');
      if (refused.length > 0) return refused;
      if (!reasons.every((reason) => reason === 'None' || passing.has(reason))) throw error;
    }
    if (performance.now() - start > patience) throw new Failure('busy');
    await wait(Math.random() * Math.min(longestPause, 5 * 2 ** attempt));
  }
}

function reasonsOf(error: unknown): string[] {
  if (error instanceof TransactionInProgressException) return ['TransactionConflict'];
  if (!(error instanceof TransactionCanceledException)) throw error;
  return (error.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None');
}
