import { capability, onSecrets, onTable } from '../deployment/capability.ts';
import { toSeconds } from '../clock.ts';
import { keptUntil, lastCharacters, termFrom, withReminder, type ApiKey } from './api-key.ts';
import type { User } from '../users/user.ts';
import { encryptKey, ofApiKeys } from './encrypt-key.ts';
import { keyAuditWrite } from './key-audit.ts';
import { noticeWrite } from '../mail/outbox.ts';
import type { NamedService } from './key-rows.ts';
import { transact } from '../aws/transaction.ts';
import { userCheck } from '../users/user-writes.ts';

/** Writes a key unless a newer one is kept: a request that was delayed must not undo what the owner has done since. */
const unlessNewer = <Put extends { Item: ApiKey }>(put: Put) => ({
  ...put,
  ConditionExpression: 'attribute_not_exists(userId) OR createdAt <= :now',
  ExpressionAttributeValues: { ':now': put.Item.createdAt },
});

export const putKeys = capability(
  'keys',
  [
    onTable('keys', 'PutItem'),
    onTable('users', 'ConditionCheckItem'),
    onTable('mails', 'PutItem'),
    onTable('audit', 'PutItem'),
    onSecrets(ofApiKeys, 'Encrypt'),
  ],
  (config) => ({
    /**
     * Keeps a user's key for a service in place of the previous one, and tells its owner if there was one (C103).
     * @param service its name, and its title for people.
     * @returns undefined when the user was disabled, signed out everywhere or deleted in the same moment.
     */
    async put(
      user: User,
      { name: service, title }: NamedService,
      secret: string,
      address: string,
      now: number,
    ): Promise<ApiKey | undefined> {
      const userId = user.id;
      const key = withReminder({
        userId,
        service,
        ciphertext: await encryptKey(config.key('secrets'), { userId, service }, secret),
        last4: lastCharacters(secret),
        active: true,
        createdAt: now,
        ...termFrom(now, config.settings.keyDays),
      });
      const Item = { ...key, ttl: toSeconds(keptUntil(key)) };
      const put = { TableName: config.table('keys'), Item };
      const writes = {
        // No key outlives its account, even when the account is deleted at the same time.
        user: userCheck(config, user),
        audit: keyAuditWrite(config, { action: 'key.put', userId, service, address, at: now }),
      };
      const first = { Put: { ...put, ConditionExpression: 'attribute_not_exists(userId)' } };
      let refused = await transact<string>({ ...writes, key: first });
      if (refused.includes('key')) {
        const notice = noticeWrite(config, user, 'apiKey', { service: title, address }, now);
        refused = await transact<string>({ ...writes, key: { Put: unlessNewer(put) }, notice });
        // The owner has kept a newer key meanwhile. It counts as the replacement of this one.
        if (refused.length === 1 && refused.includes('key')) return key;
      }
      return refused.length === 0 ? key : undefined;
    },
  }),
);
