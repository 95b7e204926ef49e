import { day, toSeconds } from '../clock.ts';
import type { Config } from '../deployment/config.ts';
import type { Session } from './session.ts';
import type { User } from '../users/user.ts';
import type { Write } from '../aws/transaction.ts';
import { deviceRef, type DeviceRow } from './session-rows.ts';

/** How long an unused device stays known; browsers keep its cookie no longer. */
const knownForMs = 400 * day;

interface KnownBy extends Pick<Session, 'userId' | 'userAgent'> {
  transport?: Session['transport'];
  deviceHash?: string | undefined;
  keyThumbprint?: string | undefined;
}

/**
 * The values by which a device is known: the hash of its cookie and, for a program or if the account is bound to the key,
 * the thumbprint of its key. Any other key was in the browser before this account came, and may be another person's (C100).
 */
const devicesOf = (
  { transport, deviceHash, keyThumbprint }: KnownBy,
  boundTo: string | undefined,
): string[] => {
  const isOwnKey = transport === 'token' || keyThumbprint === boundTo;
  return [deviceHash, isOwnKey ? keyThumbprint : undefined].filter((device) => device !== undefined);
};

/** Whether a device that was last seen at `lastSeenAt` is known to the user now. */
export const isKnown = (
  { lastSeenAt = 0 }: Pick<DeviceRow, 'lastSeenAt'>,
  { devicesFrom = 0 }: Pick<User, 'devicesFrom'>,
  now: number,
): boolean => lastSeenAt >= devicesFrom && lastSeenAt > now - knownForMs;

/** Makes a device known to its user. @param boundTo the device key that the account is bound to. */
export function deviceWrites(
  config: Config,
  knownBy: KnownBy,
  now: number,
  boundTo?: string,
): Record<string, Write> {
  const { userId, userAgent } = knownBy;
  const writes = devicesOf(knownBy, boundTo).map((device): [string, Write] => [
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
