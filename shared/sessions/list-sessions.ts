import { capability, onTable } from '../deployment/capability.ts';
import { isDeviceRow, isSessionId, type Session } from './session.ts';
import type { DeviceRow } from './session-rows.ts';
import { queryRows, takeRows } from '../aws/query-rows.ts';

/** Lists sessions and known devices. */
export const listSessions = capability('sessions', [onTable('sessions', 'Query')], (config) => ({
  /** Every stored session of a user, also those that are over, and the known devices; in no order. */
  async of(userId: string): Promise<{ sessions: Session[]; devices: DeviceRow[] }> {
    const rows = queryRows<Session & DeviceRow>({
      TableName: config.table('sessions'),
      KeyConditionExpression: 'userId = :user',
      ExpressionAttributeValues: { ':user': userId },
      ConsistentRead: true,
    });
    const { items } = await takeRows(rows);
    return { sessions: items.filter(({ id }) => isSessionId(id)), devices: items.filter(isDeviceRow) };
  },
}));
