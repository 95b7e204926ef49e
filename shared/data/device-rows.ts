import { day, toSeconds } from '../clock.ts';
import type { Config } from '../config.ts';
import { deviceRowPrefix, type Session } from '../domain/session.ts';
import type { Write } from './transaction.ts';

/** How long a device stays known that nobody signs in with; browsers keep its cookie no longer. */
const memory = 400 * day;

/** Key of a device from which a user has signed in: beside the user's sessions, and outliving them. */
export const deviceKey = (userId: string, device: string) => ({ userId, id: `${deviceRowPrefix}${device}` });

/** What a session's device is known by: its cookie (as hash) and its key (as thumbprint), where it has them. */
const devicesOf = ({ deviceHash, keyThumbprint }: Session): string[] =>
  [deviceHash, keyThumbprint].filter((device) => device !== undefined);

/** Makes the device of a session known to its user. */
export function deviceWrites(config: Config, session: Session): Record<string, Write> {
  const { userId, createdAt, userAgent } = session;
  const writes = devicesOf(session).map((device): [string, Write] => [
    `device ${device}`,
    {
      Update: {
        TableName: config.table('sessions'),
        Key: deviceKey(userId, device),
        UpdateExpression:
          'SET device = :device, createdAt = if_not_exists(createdAt, :now), lastSeenAt = :now, userAgent = :agent, #ttl = :ttl',
        ExpressionAttributeNames: { '#ttl': 'ttl' },
        ExpressionAttributeValues: {
          ':device': device,
          ':now': createdAt,
          ':agent': userAgent,
          ':ttl': toSeconds(createdAt + memory),
        },
      },
    },
  ]);
  return Object.fromEntries(writes);
}
