import { conditionalWrite } from '../aws/conditional-write.ts';
import { capability, onTable } from '../deployment/capability.ts';
import { toSeconds } from '../clock.ts';
import { readRow, type RowRef } from '../aws/read-row.ts';
import type { Config } from '../deployment/config.ts';
import { endOfWindow, startOfWindow } from './when-to-try.ts';

/** One call as its window has counted it: admitted as the `nth`, from 1; or refused until the window ends (milliseconds). */
export type Turn = { admitted: true; nth: number } | { admitted: false; until: number };

const rowOf = (config: Config, bucket: string, start: number): RowRef => ({
  TableName: config.table('counters'),
  Key: { pk: `rate#${bucket}#${start}` },
});

/** Counts calls in fixed windows. One conditional write decides and counts; without the store, no call is admitted. */
export const countRates = capability('rates', [onTable('counters', 'UpdateItem')], (config) => ({
  /** Counts one call in `bucket`'s current window of `windowMs`, which admits `limit`. */
  async take(bucket: string, limit: number, windowMs: number, now: number): Promise<Turn> {
    const start = startOfWindow(windowMs, now);
    const end = endOfWindow(windowMs, now);
    const counted = await conditionalWrite<{ hits: number }>({
      Update: {
        ...rowOf(config, bucket, start),
        UpdateExpression: 'ADD hits :one SET #ttl = :ttl',
        ConditionExpression: 'attribute_not_exists(hits) OR hits < :limit',
        ExpressionAttributeNames: { '#ttl': 'ttl' },
        ExpressionAttributeValues: { ':one': 1, ':limit': limit, ':ttl': toSeconds(end) },
        ReturnValues: 'UPDATED_NEW',
      },
    });
    return counted.written ? { admitted: true, nth: counted.row.hits } : { admitted: false, until: end };
  },
}));

/** Counts some outcomes of calls in fixed windows, and tells calls with other outcomes whether a window is used up. */
export const countOutcomes = capability(
  'outcomes',
  [...countRates.grants, onTable('counters', 'GetItem')],
  (config) => ({
    ...countRates.make(config),

    /** Whether `bucket`'s current window of `windowMs` has counted `limit`. */
    async isSpent(bucket: string, limit: number, windowMs: number, now: number): Promise<boolean> {
      const row = await readRow<{ hits: number }>(rowOf(config, bucket, startOfWindow(windowMs, now)));
      return row !== undefined && row.hits >= limit;
    },
  }),
);
