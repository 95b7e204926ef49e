import { queryRows, takeRows } from '../aws/query-rows.ts';
import { capability, onTable } from '../deployment/capability.ts';
import { appRowPrefix } from './grant-rows.ts';

/** An app that a user has signed in to. */
export interface UsedApp {
  /** Its name in the settings, even if the deployment no longer has the app. */
  app: string;
  /** Milliseconds. */
  firstAt: number;
  lastAt: number;
}

export const listUsedApps = capability('usedApps', [onTable('grants', 'Query')], (config) => ({
  /** The most recently used first. */
  async of(userId: string): Promise<UsedApp[]> {
    const rows = queryRows<{ id: string; firstAt: number; lastAt: number }>({
      TableName: config.table('grants'),
      KeyConditionExpression: 'userId = :user AND begins_with(id, :apps)',
      ExpressionAttributeValues: { ':user': userId, ':apps': appRowPrefix },
      ConsistentRead: true,
    });
    const { items } = await takeRows(rows);
    return items
      .map(({ id, firstAt, lastAt }) => ({ app: id.slice(appRowPrefix.length), firstAt, lastAt }))
      .toSorted((a, b) => b.lastAt - a.lastAt);
  },
}));
