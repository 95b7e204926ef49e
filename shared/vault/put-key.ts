import { capability, onKey, onTable } from '../deployment/capability.ts';
import { toSeconds } from '../clock.ts';
import { endOf, keptUntil, termFrom, withReminder, type ApiKey } from './api-key.ts';
import type { User } from '../users/user.ts';
import { encryptKey } from './encrypt-key.ts';
import { keyAuditWrite } from './key-audit.ts';
import { transact } from '../aws/transaction.ts';
import { userCheck } from '../users/user-writes.ts';

/** Keeps API keys. */
export const putKeys = capability(
  'keys',
  [
    onTable('keys', 'PutItem'),
    onTable('users', 'ConditionCheckItem'),
    onTable('audit', 'PutItem'),
    onKey('secrets', 'Encrypt'),
  ],
  (config) => ({
    /**
     * Keeps a user's key for a service, in place of the one before.
     * @returns undefined when the user was disabled, signed out everywhere or deleted in the same moment.
     */
    async put(
      user: User,
      service: string,
      secret: string,
      address: string,
      now: number,
    ): Promise<ApiKey | undefined> {
      const userId = user.id;
      const key = withReminder({
        userId,
        service,
        ciphertext: await encryptKey(config.key('secrets'), { userId, service }, secret),
        last4: endOf(secret),
        active: true,
        createdAt: now,
        ...termFrom(now, config.settings.keyDays),
      });
      const refused = await transact({
        key: { Put: { TableName: config.table('keys'), Item: { ...key, ttl: toSeconds(keptUntil(key)) } } },
        // No key outlives its account, even when the account is deleted at the same time.
        user: userCheck(config, user),
        audit: keyAuditWrite(config, { action: 'key.put', userId, service, address, at: now }),
      });
      return refused.length === 0 ? key : undefined;
    },
  }),
);
