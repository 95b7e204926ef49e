import { capability, onTable } from '../deployment/capability.ts';
import { keptUntil, type ApiKey } from './api-key.ts';
import { queryRows, takeRows } from '../aws/query-rows.ts';

/** Reads the rows of API keys; the keys themselves stay encrypted. */
export const readKeys = capability('keys', [onTable('keys', 'Query')], (config) => ({
  /** Keys of a user that are kept at `now`, in the order of their services' names. */
  async of(userId: string, now: number): Promise<ApiKey[]> {
    const rows = queryRows<ApiKey>({
      TableName: config.table('keys'),
      KeyConditionExpression: 'userId = :user',
      ExpressionAttributeValues: { ':user': userId },
      ConsistentRead: true,
    });
    return (await takeRows(rows)).items.filter((key) => keptUntil(key) > now);
  },
}));
