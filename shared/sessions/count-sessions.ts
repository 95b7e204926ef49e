import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../aws/dynamodb.ts';
import { capability, onTable } from '../deployment/capability.ts';
import { sessionHolds, type Session } from './session.ts';
import type { User } from '../users/user.ts';

/** What of a session says whether it holds, and when it was used. */
const projected = ['id', 'epoch', 'idleExpiresAt', 'absoluteExpiresAt', 'lastSeenAt'];

/** Counts the sessions that let a user in. */
export const countSessions = capability('sessions', [onTable('sessions', 'Query')], (config) => ({
  /** How many there are, and when one was last used (milliseconds; undefined where there is none). */
  async live(user: User, now: number): Promise<{ count: number; lastSeenAt: number | undefined }> {
    const live: Session[] = [];
    let start: Record<string, unknown> | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await documents.send(
        new QueryCommand({
          TableName: config.table('sessions'),
          KeyConditionExpression: 'userId = :user',
          ProjectionExpression: projected.map((name) => `#${name}`).join(', '),
          ExpressionAttributeNames: Object.fromEntries(projected.map((name) => [`#${name}`, name])),
          ExpressionAttributeValues: { ':user': user.id },
          ConsistentRead: true,
          ExclusiveStartKey: start,
        }),
      );
      // Devices that are known lie beside the sessions.
      const sessions = (Items as Session[]).filter(({ id }) => !id.startsWith('device#'));
      live.push(...sessions.filter((session) => sessionHolds(session, user, now)));
      start = LastEvaluatedKey;
    } while (start);
    const lastSeenAt = live.length > 0 ? Math.max(...live.map((one) => one.lastSeenAt)) : undefined;
    return { count: live.length, lastSeenAt };
  },
}));
