import { readRow } from '../aws/read-row.ts';
import { capability, onTable } from '../deployment/capability.ts';
import { expiryOf, type Invite } from './invite.ts';
import { auditWrite } from '../audit/write-audit.ts';
import { transact } from '../aws/transaction.ts';
import { noAdminCheck } from '../users/admin-count.ts';
import { inviteRef, inviteRow } from './invite-rows.ts';

/** The one id of the first administrator's invite (`latchkey-admin-1`); what makes its link secret is the HMAC. */
export const firstAdminInviteId = Buffer.from('latchkey-admin-1').toString('base64url');

/** Issues the first administrator's invite while there is no administrator. */
export const firstAdminInvite = capability(
  'firstAdmin',
  [
    onTable('users', 'ConditionCheckItem'),
    onTable('invites', 'GetItem', 'PutItem'),
    onTable('audit', 'PutItem'),
  ],
  (config) => ({
    /** The invite, with a generation of its own so that earlier links are dead; undefined once an admin exists. */
    async issue(days: number, now: number): Promise<Invite | undefined> {
      const before = await readRow<Invite>(inviteRef(config, firstAdminInviteId));
      const invite: Invite = {
        id: firstAdminInviteId,
        kind: 'account',
        state: 'active',
        role: 'admin',
        maxUses: 1,
        uses: 0,
        // Never one that was before, also when its row is long gone: links of it would live again.
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
      // Of two that are issued at once, one is enough: the other finds it and goes one generation further.
      return refused.includes('invite') ? this.issue(days, now + 1) : invite;
    },
  }),
);
