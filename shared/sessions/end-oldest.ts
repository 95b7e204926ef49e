import { auditWrite } from '../audit/write-audit.ts';
import { conditionalWrite } from '../aws/conditional-write.ts';
import { queryRows, takeRows } from '../aws/query-rows.ts';
import { transact } from '../aws/transaction.ts';
import { inBatches } from '../batches.ts';
import { minute } from '../clock.ts';
import type { Config } from '../deployment/config.ts';
import type { User } from '../users/user.ts';
import {
  isDeviceRow,
  isSessionId,
  isSuccessorRow,
  mostDevices,
  mostSessions,
  sessionExpiry,
  sessionHolds,
  type Session,
} from './session.ts';
import {
  unusedRowDeletion,
  unusedSessionDeletion,
  type DeviceRow,
  type SuccessorRow,
} from './session-rows.ts';

type Used = Pick<DeviceRow, 'id' | 'lastSeenAt'>;

/** What is read of each row: rows of sessions hold far more, and each sign-in reads them all. */
const partsRead = ['userId', 'id', 'epoch', 'idleExpiresAt', 'absoluteExpiresAt', 'lastSeenAt'] as const;
type Held = Pick<Session, (typeof partsRead)[number]>;

/** Newest use first; the same order for all simultaneous requests, so that they end the same sessions. */
const byUse = (a: Used, b: Used): number =>
  (b.lastSeenAt ?? 0) - (a.lastSeenAt ?? 0) || (a.id < b.id ? -1 : 1);

/** The sessions among a user's rows that exceed the number that a user may have: those unused for longest. */
export const beyondMost = <Row extends Held>(rows: readonly Row[], user: User, now: number): Row[] =>
  rows
    .filter((row) => isSessionId(row.id) && sessionHolds(row, user, now))
    .toSorted(byUse)
    .slice(mostSessions);

/** How old a place's row must be before its session counts as missing: both are stored at once, but not read at once. */
const missedMs = minute;

/** The rows of places whose session is over: no grant lives on there. */
function lostSuccessors(rows: readonly { id: string }[], user: User, now: number): SuccessorRow[] {
  const sessions = rows.filter(({ id }) => isSessionId(id)) as Held[];
  // Also a session whose epoch was raised since the user was read, as it ended the others.
  const isThere = (row: Held) => sessionExpiry(row) > now && row.epoch >= user.epoch;
  const held = new Set(sessions.filter(isThere).map(({ id }) => id));
  const successors = rows.filter(isSuccessorRow) as SuccessorRow[];
  return successors.filter(
    ({ sessionId, lastSeenAt }) => lastSeenAt < now - missedMs && !held.has(sessionId),
  );
}

/** The most devices, and the most places, that one sign-in forgets, and how many at a time. Later sign-ins forget the rest. */
const mostForgotten = 50;
const atOnce = 10;

/**
 * Ends a user's sessions beyond `mostSessions`, and forgets the devices beyond `mostDevices` and the places whose session is over.
 * Called after a new session is stored: of several simultaneous sign-ins the last one sees all sessions. All rows are read, since
 * this function keeps them few.
 */
export async function endOldest(config: Config, user: User, address: string, now: number): Promise<void> {
  const rows = queryRows<Held>({
    TableName: config.table('sessions'),
    KeyConditionExpression: 'userId = :user',
    ExpressionAttributeValues: { ':user': user.id },
    ProjectionExpression: [...partsRead, 'sessionId'].join(', '),
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
  const devices = items.filter(isDeviceRow).toSorted(byUse).slice(mostDevices);
  // The longest unseen first, so that the devices seen last remain.
  const forgotten: Used[] = [
    ...devices.toReversed().slice(0, mostForgotten),
    ...lostSuccessors(items, user, now).slice(0, mostForgotten),
  ];
  await inBatches(forgotten, atOnce, (row) => conditionalWrite(unusedRowDeletion(config, user.id, row)));
}
