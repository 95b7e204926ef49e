import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../aws/dynamodb.ts';
import { capability, onTable } from '../capability.ts';
import type { Config } from '../config.ts';
import type { Invite } from '../domain/invite.ts';
import { auditWrite, type AuditEntry } from './audit.ts';
import { readRows } from './batch.ts';
import { inviteRow, openInviteKey } from './invite-rows.ts';
import { outboxWrite } from './outbox.ts';
import { transact, type Write } from './transaction.ts';
import { emailKey } from './users.ts';

const batchLimit = 100;

/** Claims the address for this invite, so that two admins cannot invite it twice at once. */
export function openInviteWrite(config: Config, invite: Invite, now: number): Write | undefined {
  if (invite.email === undefined) return undefined;
  return {
    Put: {
      TableName: config.table('invites'),
      Item: { ...openInviteKey(invite.email), inviteId: invite.id, expiresAt: invite.expiresAt },
      ConditionExpression: 'attribute_not_exists(pk) OR inviteId = :id OR expiresAt <= :now',
      ExpressionAttributeValues: { ':id': invite.id, ':now': now },
    },
  };
}

/** The invite's mail, where one is to go out. */
export const owedMail = (config: Config, invite: Invite, now: number): Write | undefined =>
  invite.delivery === 'pending' && invite.email !== undefined
    ? outboxWrite(config, { ...invite, email: invite.email }, now)
    : undefined;

/** Creates invites. */
export const createInvites = capability(
  'invites',
  [
    onTable('users', 'BatchGetItem'),
    onTable('invites', 'GetItem', 'PutItem'),
    onTable('mails', 'PutItem'),
    onTable('audit', 'PutItem'),
  ],
  (config) => ({
    /** Those of `emails` that belong to users who have proven them. */
    async members(emails: readonly string[]): Promise<Set<string>> {
      const users = config.table('users');
      const members = new Set<string>();
      for (let start = 0; start < emails.length; start += batchLimit) {
        const keys = [...new Set(emails.slice(start, start + batchLimit))].map(emailKey);
        const claims = (await readRows({ [users]: keys }))[users] ?? [];
        for (const { pk, verified } of claims) {
          if (verified) members.add(String(pk).slice('email#'.length));
        }
      }
      return members;
    },

    /**
     * Stores the invite, owes its mail, and writes it down, all or nothing.
     * @returns undefined, or the id of the open invite that the address has already.
     */
    async create(
      invite: Invite,
      audit: Pick<AuditEntry, 'actorId' | 'address'>,
    ): Promise<string | undefined> {
      const now = invite.createdAt;
      const TableName = config.table('invites');
      const refused = await transact({
        invite: {
          Put: { TableName, Item: inviteRow(invite), ConditionExpression: 'attribute_not_exists(pk)' },
        },
        openInvite: openInviteWrite(config, invite, now),
        mail: owedMail(config, invite, now),
        audit: auditWrite(config, {
          ...audit,
          action: 'invite.create',
          outcome: 'done',
          subjectId: invite.id,
          at: now,
        }),
      });
      if (refused.length === 0 || invite.email === undefined) return undefined;
      const Key = openInviteKey(invite.email);
      const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return String(Item?.['inviteId'] ?? '');
    },
  }),
);
