import { capability, onTable } from '../deployment/capability.ts';
import type { Invite } from './invite.ts';
import { auditWrite } from '../audit/write-audit.ts';
import { newInviteWrites } from './create-invites.ts';
import { transact } from '../aws/transaction.ts';
import { sentInviteWrite } from '../users/user-writes.ts';

/** Lets users invite within their quota. */
export const sendInvites = capability(
  'invites',
  [
    onTable('users', 'UpdateItem'),
    onTable('invites', 'PutItem'),
    onTable('mails', 'PutItem'),
    onTable('audit', 'PutItem'),
  ],
  (config) => ({
    /**
     * Stores the invite, owes its mail and counts it against its issuer's quota, which is not 0, all or nothing.
     * @returns why it was refused: the quota is used up, or the address has an open invite.
     */
    async send(
      invite: Invite & { issuerId: string },
      quota: number,
      address: string,
    ): Promise<'quota' | 'open' | undefined> {
      const refused = await transact({
        quota: sentInviteWrite(config, invite.issuerId, quota),
        ...newInviteWrites(config, invite, { actorId: invite.issuerId, address }),
      });
      if (refused.includes('quota')) return 'quota';
      return refused.length > 0 ? 'open' : undefined;
    },

    /**
     * Counts an invite that was not made because the address is a member's: learning that costs one of the quota (C104).
     * @returns whether the quota had one left.
     */
    async spend(actorId: string, quota: number, address: string, at: number): Promise<boolean> {
      const refused = await transact({
        quota: sentInviteWrite(config, actorId, quota),
        audit: auditWrite(config, { action: 'invite.create', outcome: 'refused', actorId, address, at }),
      });
      return refused.length === 0;
    },
  }),
);
