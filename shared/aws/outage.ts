import { Failure } from '../errors/failure.ts';
import type { ErrorCode } from '../errors/table.ts';

/** Exceptions that report a decision or a mistake of ours. All others mean that the service is unavailable. */
const answers = new Set([
  'ConditionalCheckFailedException',
  'IncorrectKeyException',
  'InvalidCiphertextException',
  'KMSInvalidMacException',
  'TransactionCanceledException',
  'TransactionConflictException',
  'TransactionInProgressException',
  'ValidationException',
]);

/** Runs `send`; once the SDK has given up, an outage becomes the 503 that names the service. */
export async function orOutage<T>(code: ErrorCode, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof Failure || (error instanceof Error && answers.has(error.name))) throw error;
    throw Object.assign(new Failure(code), { cause: error });
  }
}

/** Options of all our AWS clients: three tries, each with timeouts in milliseconds. */
export const clientOptions = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
};
