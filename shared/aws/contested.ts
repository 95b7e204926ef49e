import { TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { retryConflicts } from './retry-conflicts.ts';

/** Sends a single write again while a transaction holds it up. */
export const contested = <T>(send: () => Promise<T>): Promise<T> =>
  retryConflicts(send, (error) => error instanceof TransactionConflictException);
