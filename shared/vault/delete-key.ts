import { capability, onTable } from '../deployment/capability.ts';
import { noticeWrite } from '../mail/outbox.ts';
import type { User } from '../users/user.ts';
import { keyRef, type NamedService } from './key-rows.ts';
import { keyAuditWrite } from './key-audit.ts';
import { transact } from '../aws/transaction.ts';

export const deleteKeys = capability(
  'keys',
  [onTable('keys', 'DeleteItem'), onTable('mails', 'PutItem'), onTable('audit', 'PutItem')],
  (config) => ({
    /** Deletes a user's key, and tells its owner (C103). @returns whether there was a key. */
    async delete(
      user: User,
      { name: service, title }: NamedService,
      address: string,
      now: number,
    ): Promise<boolean> {
      const userId = user.id;
      const refused = await transact({
        key: {
          Delete: {
            ...keyRef(config, userId, service),
            ConditionExpression: 'attribute_exists(userId)',
          },
        },
        notice: noticeWrite(config, user, 'apiKey', { service: title, address }, now),
        audit: keyAuditWrite(config, { action: 'key.delete', userId, service, address, at: now }),
      });
      return refused.length === 0;
    },
  }),
);
