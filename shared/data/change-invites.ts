import { capability, onTable } from '../capability.ts';
import type { Config } from '../config.ts';
import type { Invite } from '../domain/invite.ts';
import { auditWrite, type AuditEntry } from './audit.ts';
import { openInviteWrite, owedMail } from './create-invites.ts';
import { inviteKey, inviteRow, openInviteKey } from './invite-rows.ts';
import { transact, type Write } from './transaction.ts';

type By = Pick<AuditEntry, 'actorId' | 'address'>;

/** Frees the invite's address for others, unless another invite has claimed it by now. */
function releaseAddress(config: Config, { id, email }: Invite): Write | undefined {
  if (email === undefined) return undefined;
  return {
    Delete: {
      TableName: config.table('invites'),
      Key: openInviteKey(email),
      ConditionExpression: 'attribute_not_exists(pk) OR inviteId = :id',
      ExpressionAttributeValues: { ':id': id },
    },
  };
}

/** Ends invites and gives them new links. Each change takes place only on the invite as it was read. */
export const changeInvites = capability(
  'invites',
  [
    onTable('invites', 'PutItem', 'UpdateItem', 'DeleteItem'),
    onTable('mails', 'PutItem'),
    onTable('audit', 'PutItem'),
  ],
  (config) => ({
    /** Withdraws an active invite, and frees its address; false when it changed meanwhile. */
    async revoke(invite: Invite, by: By, now: number): Promise<boolean> {
      const TableName = config.table('invites');
      const writes = {
        invite: {
          Update: {
            TableName,
            Key: inviteKey(invite.id),
            UpdateExpression: 'SET #state = :revoked',
            ConditionExpression: '#state = :active AND generation = :generation',
            ExpressionAttributeNames: { '#state': 'state' },
            ExpressionAttributeValues: {
              ':active': 'active',
              ':generation': invite.generation,
              ':revoked': 'revoked',
            },
          },
        },
        audit: auditWrite(config, {
          ...by,
          action: 'invite.revoke',
          outcome: 'done',
          subjectId: invite.id,
          at: now,
        }),
      };
      const refused = await transact({ ...writes, openInvite: releaseAddress(config, invite) });
      // The address may have been invited anew since this invite expired; that claim stays.
      const others =
        refused.length === 1 && refused.includes('openInvite') ? await transact(writes) : refused;
      return others.length === 0;
    },

    /** Puts `next` in the place of `invite`, and owes its mail; false when the invite or its address changed. */
    async replace(invite: Invite, next: Invite, by: By, now: number): Promise<boolean> {
      const refused = await transact({
        invite: {
          Put: {
            TableName: config.table('invites'),
            Item: inviteRow(next),
            ConditionExpression: '#state = :state AND generation = :generation AND uses = :uses',
            ExpressionAttributeNames: { '#state': 'state' },
            ExpressionAttributeValues: {
              ':state': invite.state,
              ':generation': invite.generation,
              ':uses': invite.uses,
            },
          },
        },
        openInvite: openInviteWrite(config, next, now),
        mail: owedMail(config, next, now),
        audit: auditWrite(config, {
          ...by,
          action: 'invite.reissue',
          outcome: 'done',
          subjectId: invite.id,
          at: now,
        }),
      });
      return refused.length === 0;
    },
  }),
);
