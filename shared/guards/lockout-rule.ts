import { minute, second } from '../clock.ts';

/** Consecutive failures that lock the account for a while (R2.8). */
export const maxFailures = 5;
const lockMs = 10 * minute;

/** Longer than any function runs: a try that is still open then was given up with its Lambda. */
const longestTryMs = 30 * second;
/** When to come again where tries are still under way. */
const retryMs = second;

/** The stored count of one account's tries. Times in milliseconds. */
export interface Tries {
  /** Failures, and tries that are under way. */
  tries: number;
  failures?: number;
  /** When the last try was taken, and when the last one failed. */
  takenAt: number;
  failedAt?: number;
}

/**
 * What follows when all tries are taken: wait `until` then, or, where the lock has ended or tries were given up, begin
 * anew with so many `failures`.
 */
export function afterRefusal(
  { failures = 0, takenAt, failedAt = 0 }: Tries,
  now: number,
): { until?: number; failures?: number } {
  if (failures >= maxFailures) {
    const end = failedAt + lockMs;
    return now < end ? { until: end } : { failures: 0 };
  }
  return now < takenAt + longestTryMs ? { until: now + retryMs } : { failures };
}
