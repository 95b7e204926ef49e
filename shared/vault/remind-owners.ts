import { capability, onIndex, onTable } from '../deployment/capability.ts';
import { keyRef } from './key-rows.ts';
import type { ApiKey } from './api-key.ts';
import type { User } from '../users/user.ts';
import { noticeWrite } from '../mail/outbox.ts';
import { queryRows } from '../aws/query-rows.ts';
import { transact } from '../aws/transaction.ts';

/** A key whose owner is to be told that it expires. */
export type ExpiringKey = Pick<ApiKey, 'userId' | 'service' | 'expiresAt'>;

/** Reminds owners that their API keys expire. */
export const remindOwners = capability(
  'reminders',
  [onIndex('keys', 'byReminder'), onTable('keys', 'UpdateItem'), onTable('mails', 'PutItem')],
  (config) => ({
    /** Keys whose time for a reminder has come, longest due first. */
    due: (now: number): AsyncIterable<ExpiringKey> =>
      queryRows<ExpiringKey>({
        TableName: config.table('keys'),
        IndexName: 'byReminder',
        KeyConditionExpression: 'reminder = :due AND remindAt <= :now',
        ExpressionAttributeNames: { '#service': 'service' },
        ExpressionAttributeValues: { ':due': 'due', ':now': now },
        ProjectionExpression: 'userId, #service, expiresAt',
      }),

    /**
     * Takes the reminder off the key and, if `owner` is given, owes the mail: in one transaction, so that no owner is
     * reminded twice. A key that was renewed, replaced, switched off or deleted meanwhile is left as it is.
     * @param title the service's title for people.
     * @returns whether a mail is owed.
     */
    async remind(
      { userId, service, expiresAt }: ExpiringKey,
      owner: User | undefined,
      title: string,
      now: number,
    ): Promise<boolean> {
      const mail = owner && noticeWrite(config, owner, 'key', { key: { service: title, expiresAt } }, now);
      const refused = await transact({
        key: {
          Update: {
            ...keyRef(config, userId, service),
            UpdateExpression: 'REMOVE reminder, remindAt',
            // A key that is off has no reminder.
            ConditionExpression: 'reminder = :due AND expiresAt = :expiresAt',
            ExpressionAttributeValues: { ':due': 'due', ':expiresAt': expiresAt },
          },
        },
        mail,
      });
      return refused.length === 0 && mail !== undefined;
    },
  }),
);
