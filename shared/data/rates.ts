import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../aws/dynamodb.ts';
import { capability, onTable } from '../capability.ts';
import { toSeconds } from '../clock.ts';

/** Counts calls in fixed windows. One conditional write decides and counts; a store that is down admits nobody. */
export const countRates = capability('rates', [onTable('counters', 'UpdateItem')], (config) => ({
  /**
   * Counts one call in `bucket`'s current window of `window` milliseconds.
   * @returns undefined when admitted, else the time (milliseconds) at which the window ends.
   */
  async refusal(bucket: string, limit: number, window: number, now: number): Promise<number | undefined> {
    const start = now - (now % window);
    const end = start + window;
    try {
      await documents.send(
        new UpdateCommand({
          TableName: config.table('counters'),
          Key: { pk: `rate#${bucket}#${start}` },
          UpdateExpression: 'ADD hits :one SET #ttl = :ttl',
          ConditionExpression: 'attribute_not_exists(hits) OR hits < :limit',
          ExpressionAttributeNames: { '#ttl': 'ttl' },
          ExpressionAttributeValues: { ':one': 1, ':limit': limit, ':ttl': toSeconds(end) },
        }),
      );
      return undefined;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return end;
      throw error;
    }
  },
}));
