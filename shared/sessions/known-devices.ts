import { day, toSeconds } from '../clock.ts';
import type { Config } from '../deployment/config.ts';
import type { Session } from './session.ts';
import type { User } from '../users/user.ts';
import type { Write } from '../aws/transaction.ts';
import { deviceRef } from './session-rows.ts';

/** How long an unused device stays known; browsers keep its cookie no longer. */
const knownForMs = 400 * day;

interface KnownBy extends Pick<Session, 'userId' | 'userAgent'> {
  deviceHash?: string | undefined;
  keyThumbprint?: string | undefined;
}

/** What a device is known by: its cookie (as hash) and its key (as thumbprint), where it has them. */
const devicesOf = ({ deviceHash, keyThumbprint }: KnownBy): string[] =>
  [deviceHash, keyThumbprint].filter((device) => device !== undefined);

/** Whether a device that was seen at `lastSeenAt` is known to the user now. */
export const isKnown = (lastSeenAt: number, { devicesFrom = 0 }: Pick<User, 'devicesFrom'>, now: number) =>
  lastSeenAt >= devicesFrom && lastSeenAt > now - knownForMs;

/** Makes a device known to its user. */
export function deviceWrites(config: Config, knownBy: KnownBy, now: number): Record<string, Write> {
  const { userId, userAgent } = knownBy;
  const writes = devicesOf(knownBy).map((device): [string, Write] => [
    `device ${device}`,
    {
      Update: {
        ...deviceRef(config, userId, device),
        UpdateExpression:
          'SET device = :device, createdAt = if_not_exists(createdAt, :now), lastSeenAt = :now, userAgent = :agent, #ttl = :ttl',
        ExpressionAttributeNames: { '#ttl': 'ttl' },
        ExpressionAttributeValues: {
          ':device': device,
          ':now': now,
          ':agent': userAgent,
          ':ttl': toSeconds(now + knownForMs),
        },
      },
    },
  ]);
  return Object.fromEntries(writes);
}
