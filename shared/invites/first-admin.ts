import { readRow } from '../aws/read-row.ts';
import { capability, onTable } from '../deployment/capability.ts';
import { expiryOf, type Invite } from './invite.ts';
import { auditWrite } from '../audit/write-audit.ts';
import { transact } from '../aws/transaction.ts';
import { noAdminCheck } from '../users/admin-count.ts';
import { firstAdminInviteId } from '../users/user.ts';
import { inviteRef, inviteRow } from './invite-rows.ts';

/** Issues the first administrator's invite while there is no administrator. */
export const firstAdminInvite = capability(
  'firstAdmin',
  [
    onTable('users', 'ConditionCheckItem'),
    onTable('invites', 'GetItem', 'PutItem'),
    onTable('audit', 'PutItem'),
  ],
  (config) => ({
    /** The invite in a new generation, which ends earlier links; undefined once an administrator exists. */
    async issue(days: number, now: number): Promise<Invite | undefined> {
      const before = await readRow<Invite>(inviteRef(config, firstAdminInviteId));
      const invite: Invite = {
        id: firstAdminInviteId,
        kind: 'account',
        state: 'active',
        role: 'admin',
        maxUses: 1,
        uses: 0,
        // Higher than any before, even when the row is gone: with an earlier generation old links would work again.
        generation: Math.max((before?.generation ?? -1) + 1, now),
        createdAt: now,
        expiresAt: expiryOf(days, now),
        days,
      };
      const refused = await transact({
        admins: noAdminCheck(config),
        invite: {
          Put: {
            TableName: config.table('invites'),
            Item: inviteRow(invite),
            ConditionExpression: before ? 'generation = :before' : 'attribute_not_exists(pk)',
            ...(before && { ExpressionAttributeValues: { ':before': before.generation } }),
          },
        },
        audit: auditWrite(config, {
          action: 'admin.bootstrap',
          outcome: 'done',
          subjectId: invite.id,
          at: now,
        }),
      });
      if (refused.includes('admins')) return undefined;
      // Of two calls at once one is refused; it reads the other's invite and issues the next generation.
      return refused.includes('invite') ? this.issue(days, now) : invite;
    },
  }),
);
