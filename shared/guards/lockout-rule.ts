import { minute, second } from '../clock.ts';
import type { Settings } from '../deployment/settings.ts';

/** How many consecutive failures lock an account, and for how long (R2.8). */
type Rule = Pick<Settings, 'lockFailures' | 'lockMinutes'>;

/** Longer than any function runs: a try that is still open then ended with its Lambda. */
const longestTryMs = 30 * second;
/** How soon to come again while tries are still under way. */
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

/** When the lock from these failures ends; undefined if there is none, or it has ended. */
export function lockEnd(
  { failures = 0, failedAt = 0 }: Tries,
  { lockFailures, lockMinutes }: Rule,
  now: number,
): number | undefined {
  const end = failedAt + lockMinutes * minute;
  return failures >= lockFailures && now < end ? end : undefined;
}

/**
 * What to do if all tries are taken: wait until `until`; or, if the lock has ended or open tries were abandoned, start again with
 * `failures` as the count of failures.
 */
export function afterRefusal(tries: Tries, rule: Rule, now: number): { until?: number; failures?: number } {
  const { failures = 0, takenAt } = tries;
  const end = lockEnd(tries, rule, now);
  if (end !== undefined) return { until: end };
  if (failures >= rule.lockFailures) return { failures: 0 };
  return now < takenAt + longestTryMs ? { until: now + retryMs } : { failures };
}
