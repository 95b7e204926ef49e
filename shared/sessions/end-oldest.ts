import { auditWrite } from '../audit/write-audit.ts';
import { queryRows, takeRows } from '../aws/query-rows.ts';
import { transact } from '../aws/transaction.ts';
import type { Config } from '../deployment/config.ts';
import type { User } from '../users/user.ts';
import { deviceRowPrefix, mostSessions, sessionHolds, type Session } from './session.ts';
import { unusedSessionDeletion } from './session-rows.ts';

/** Newest use first; the same order for all who look at once, so that they end the same sessions. */
const byUse = (a: Session, b: Session): number => b.lastSeenAt - a.lastSeenAt || (a.id < b.id ? -1 : 1);

/** Of a user's rows the sessions beyond the number that a user may have: those unused for longest. */
export const beyondMost = (rows: readonly Session[], user: User, now: number): Session[] =>
  rows
    .filter((row) => !row.id.startsWith(deviceRowPrefix) && sessionHolds(row, user, now))
    .toSorted(byUse)
    .slice(mostSessions);

/** Ends them. Called after a new one is stored: of several that begin at once the last one sees them all. */
export async function endOldest(config: Config, user: User, address: string, now: number): Promise<void> {
  const rows = queryRows<Session>({
    TableName: config.table('sessions'),
    KeyConditionExpression: 'userId = :user',
    ExpressionAttributeValues: { ':user': user.id },
    ConsistentRead: true,
  });
  const { items } = await takeRows(rows);
  for (const session of beyondMost(items, user, now))
    await transact({
      session: unusedSessionDeletion(config, session),
      audit: auditWrite(config, {
        action: 'session.delete',
        outcome: 'done',
        actorId: user.id,
        subjectId: session.id,
        address,
        at: now,
      }),
    });
}
