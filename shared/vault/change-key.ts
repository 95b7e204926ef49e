import { readRow } from '../aws/read-row.ts';
import { capability, onTable } from '../deployment/capability.ts';
import { toSeconds } from '../clock.ts';
import type { Config } from '../deployment/config.ts';
import { changedKey, keptUntil, type ApiKey, type KeyChange } from './api-key.ts';
import { Failure } from '../errors/failure.ts';
import { keyRef } from './key-rows.ts';
import { keyAuditWrite } from './key-audit.ts';
import { transact, type Write } from '../aws/transaction.ts';
import { joinUpdates, setFields } from '../aws/update.ts';

/** How often a change is tried if another write changes the key after it was read. */
const maxTries = 4;

/** Switches API keys on and off, and renews them. */
export const changeKeys = capability(
  'keys',
  [onTable('keys', 'GetItem', 'UpdateItem'), onTable('audit', 'PutItem')],
  (config) => ({
    /**
     * The key as changed; undefined if none is kept.
     * @throws Failure `busy` when other writes keep changing the key.
     */
    async change(
      userId: string,
      service: string,
      change: KeyChange,
      address: string,
      now: number,
    ): Promise<ApiKey | undefined> {
      for (let tries = 0; tries < maxTries; tries += 1) {
        const key = await readRow<ApiKey>(keyRef(config, userId, service));
        if (!key || keptUntil(key) <= now) return undefined;
        const changed = changedKey(key, change, now, config.settings.keyDays);
        const refused = await transact({
          key: keyUpdate(config, key, changed),
          audit: keyAuditWrite(config, { action: 'key.update', userId, service, address, at: now }),
        });
        if (refused.length === 0) return changed;
      }
      throw new Failure('busy');
    },
  }),
);

/** Writes the fields that a change decides, if the key is as it was read. Uses recorded meanwhile are not overwritten. */
function keyUpdate(config: Config, before: ApiKey, after: ApiKey): Write {
  const { userId, service, active, expiresAt, remindAt, reminder } = after;
  return {
    Update: {
      ...keyRef(config, userId, service),
      ...joinUpdates([
        setFields({ active, expiresAt, remindAt, reminder, ttl: toSeconds(keptUntil(after)) }),
        {
          when: `active = :wasActive AND createdAt = :createdAt AND expiresAt = :expired
        AND ${before.reminder ? 'attribute_exists' : 'attribute_not_exists'}(reminder)`,
          values: {
            ':wasActive': before.active,
            ':createdAt': before.createdAt,
            ':expired': before.expiresAt,
          },
        },
      ]),
    },
  };
}
