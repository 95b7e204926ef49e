import { setTimeout as wait } from 'node:timers/promises';
import { TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { Failure } from '../errors/failure.ts';

/** Milliseconds within which a single write must get past transactions, and the longest pause between two attempts. */
const patience = 5_000;
const longestPause = 200;

/**
 * Sends a single write that a transaction may hold up, and sends it again with jitter, which the SDK does not do.
 * @throws Failure `busy` when conflicts do not end.
 */
export async function contested<T>(send: () => Promise<T>): Promise<T> {
  const start = performance.now();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof TransactionConflictException)) throw error;
    }
    if (performance.now() - start > patience) throw new Failure('busy');
    await wait(Math.random() * Math.min(longestPause, 5 * 2 ** attempt));
  }
}
