import type { Write } from '../aws/transaction.ts';
import { day, toSeconds } from '../clock.ts';
import type { Config } from '../deployment/config.ts';
import { endOfWindow, startOfWindow } from './when-to-try.ts';

/** Counts a mail of the day under `name`, up to `limit` if there is one. */
export function mailCountWrite(config: Config, name: string, limit: number | undefined, now: number): Write {
  const start = startOfWindow(day, now);
  return {
    Update: {
      TableName: config.table('counters'),
      Key: { pk: `letters#${name}#${start}` },
      UpdateExpression: 'ADD mails :one SET #ttl = :ttl',
      ExpressionAttributeNames: { '#ttl': 'ttl' },
      ExpressionAttributeValues: {
        ':one': 1,
        ':ttl': toSeconds(endOfWindow(day, now)),
        ...(limit !== undefined && { ':limit': limit }),
      },
      ...(limit !== undefined && { ConditionExpression: 'attribute_not_exists(mails) OR mails < :limit' }),
    },
  };
}
