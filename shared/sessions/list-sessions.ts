import { capability, onTable } from '../deployment/capability.ts';
import type { Session } from './session.ts';
import { queryRows, takeRows } from '../aws/query-rows.ts';

/** A device that has signed in to the account, as its row describes it. */
export interface DeviceRow {
  /** Begins with `device#`; a session's id holds no `#`. */
  id: string;
  /** Milliseconds. */
  createdAt?: number;
  lastSeenAt?: number;
  address?: string;
  userAgent?: string;
}

/** Rows of a user's known devices lie among the sessions. */
export const isDeviceRow = ({ id }: { id: string }): boolean => id.startsWith('device#');

/** Lists sessions and known devices. */
export const listSessions = capability('sessions', [onTable('sessions', 'Query')], (config) => ({
  /** Every session of a user whose row is there, also those that are over, and the known devices; in no order. */
  async of(userId: string): Promise<{ sessions: Session[]; devices: DeviceRow[] }> {
    const rows = queryRows<Session & DeviceRow>({
      TableName: config.table('sessions'),
      KeyConditionExpression: 'userId = :user',
      ExpressionAttributeValues: { ':user': userId },
      ConsistentRead: true,
    });
    const { items } = await takeRows(rows);
    return { sessions: items.filter((row) => !isDeviceRow(row)), devices: items.filter(isDeviceRow) };
  },
}));
