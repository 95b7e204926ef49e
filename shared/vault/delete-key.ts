import { capability, onTable } from '../deployment/capability.ts';
import { keyRef } from './key-rows.ts';
import { keyAuditWrite } from './key-audit.ts';
import { transact } from '../aws/transaction.ts';

/** Deletes API keys. */
export const deleteKeys = capability(
  'keys',
  [onTable('keys', 'DeleteItem'), onTable('audit', 'PutItem')],
  (config) => ({
    /** @returns whether there was a key. */
    async delete(userId: string, service: string, address: string, now: number): Promise<boolean> {
      const refused = await transact({
        key: {
          Delete: {
            ...keyRef(config, userId, service),
            ConditionExpression: 'attribute_exists(userId)',
          },
        },
        audit: keyAuditWrite(config, { action: 'key.delete', userId, service, address, at: now }),
      });
      return refused.length === 0;
    },
  }),
);
