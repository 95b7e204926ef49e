import { setTimeout as delay } from 'node:timers/promises';
import type { Outcome } from './outcome.ts';

/** A record of a DynamoDB stream, with the members that the feed reads. */
export interface StreamRecord {
  eventName: string;
  dynamodb: { SequenceNumber: string };
}

export interface BatchOptions {
  /** Invokes the function with records. */
  invoke(records: readonly StreamRecord[]): Promise<Outcome>;
  /** The number of retries after the first try. After the last one, the records are given up. */
  retries: number;
  /** Whether a failed batch is cut in two. */
  bisect: boolean;
  /** Whether the function's answer may name the records that failed. */
  reportsItems: boolean;
  onGivenUp(records: readonly StreamRecord[]): void;
  signal: AbortSignal;
}

/** The pause before the first retry, doubled for each further one. */
const firstPauseMs = 50;
const maxPauseMs = 5_000;

/** The records still to be processed: those from the first failed one on, or all of them after an error. */
function remaining(
  records: readonly StreamRecord[],
  outcome: Outcome,
  reportsItems: boolean,
): readonly StreamRecord[] {
  if ('error' in outcome) return records;
  if (!reportsItems) return [];
  const answer = JSON.parse(outcome.payload) as { batchItemFailures?: { itemIdentifier?: string }[] } | null;
  const failures = answer?.batchItemFailures ?? [];
  if (failures.length === 0) return [];
  const failed = new Set(failures.map(({ itemIdentifier }) => itemIdentifier));
  const first = records.findIndex(({ dynamodb }) => failed.has(dynamodb.SequenceNumber));
  return records.slice(Math.max(first, 0));
}

/** Invokes the function with a batch until it succeeds or is given up, as an event source mapping does. */
export async function deliver(
  records: readonly StreamRecord[],
  options: BatchOptions,
  tries = 0,
): Promise<void> {
  const { invoke, retries, bisect, reportsItems, onGivenUp, signal } = options;
  const outcome = await invoke(records);
  const rest = remaining(records, outcome, reportsItems);
  if (rest.length === 0 || signal.aborted) return;
  if (bisect && 'error' in outcome && rest.length > 1) {
    const middle = Math.ceil(rest.length / 2);
    await deliver(rest.slice(0, middle), options, tries);
    return await deliver(rest.slice(middle), options, tries);
  }
  // After progress, the count of tries restarts.
  const used = rest.length < records.length ? 0 : tries;
  if (used >= retries) return onGivenUp(rest);
  await delay(Math.min(firstPauseMs * 2 ** used, maxPauseMs), undefined, { signal }).catch(() => undefined);
  if (!signal.aborted) await deliver(rest, options, used + 1);
}
