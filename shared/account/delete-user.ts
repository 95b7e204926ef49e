import { capability, onTable } from '../deployment/capability.ts';
import type { Config } from '../deployment/config.ts';
import type { User } from '../users/user.ts';
import { auditWrite } from '../audit/write-audit.ts';
import { noticeWrite } from '../mail/outbox.ts';
import { usedAppDeletions } from '../apps/grant-rows.ts';
import { formerRedemptionWrites } from '../invites/forget-user.ts';
import { credentialsDeletion } from '../passwords/credentials-rows.ts';
import { quotaDeletion } from '../quotas/quota-rows.ts';
import { readRow } from '../aws/read-row.ts';
import { transact, type Write } from '../aws/transaction.ts';
import { adminCountWrite } from '../users/admin-count.ts';
import { emailReleaseWrite, usernameReleaseWrite } from '../users/claims.ts';
import { userRef } from '../users/user-rows.ts';
import { userDeletion } from '../users/user-writes.ts';
import { keyDeletions } from '../vault/key-rows.ts';

/** Why a user was not deleted. */
export type DeletionObstacle = 'last_admin' | 'conflict';

export const deleteUsers = capability(
  'users',
  [
    onTable('users', 'GetItem', 'UpdateItem', 'DeleteItem'),
    onTable('invites', 'GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'),
    onTable('keys', 'Query', 'DeleteItem'),
    onTable('grants', 'Query', 'DeleteItem'),
    onTable('credentials', 'DeleteItem'),
    onTable('quotas', 'DeleteItem'),
    onTable('mails', 'PutItem'),
    onTable('audit', 'PutItem'),
  ],
  (config) => ({
    /**
     * Deletes the user as it was read, the user's API keys, and the list of apps that they have signed in to. Frees
     * the address and the name, removes both from the redemption of the invite, and queues the confirmation mail.
     * Every session, access token, sign-in and invite of the user reads the user's row or conditions on it, so without
     * the row all of them are refused.
     * @returns undefined when the user is gone, by this or an earlier try; otherwise the obstacle.
     */
    async delete(user: User, address: string, now: number): Promise<DeletionObstacle | undefined> {
      const refused = await transact<string>({
        ...userWrites(config, user),
        ...(await formerRedemptionWrites(config, user, now)),
        // `eraseRows` erases a key that another request puts at this moment.
        ...(await keyDeletions(config, user.id)),
        ...(await usedAppDeletions(config, user.id)),
        credentials: credentialsDeletion(config, user.id),
        quotas: quotaDeletion(config, user.id),
        notice: noticeWrite(config, user, 'account', { address }, now),
        audit: auditWrite(config, {
          action: 'user.delete',
          outcome: 'done',
          actorId: user.id,
          subjectId: user.id,
          address,
          at: now,
        }),
      });
      if (refused.length === 0) return undefined;
      if (refused.length === 1 && refused[0] === 'admins') return 'last_admin';
      return (await readRow(userRef(config, user.id))) ? 'conflict' : undefined;
    },
  }),
);

function userWrites(config: Config, user: User): Record<string, Write | undefined> {
  const { id, email, username } = user;
  return {
    user: userDeletion(config, user),
    email: email === undefined ? undefined : emailReleaseWrite(config, email, id),
    username: usernameReleaseWrite(config, username, id),
    admins: adminCountWrite(config, user, undefined),
  };
}
