import { readRow, type RowRef } from '../aws/read-row.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { Config } from '../deployment/config.ts';
import { mailboxOf, type Invite } from './invite.ts';
import type { Credentials } from '../passwords/hash-passwords.ts';
import { auditWrite, type Actor } from '../audit/write-audit.ts';
import { codeRef, inviteRow, inviteTtl, openInviteRef, ownTtl, passphraseRef } from './invite-rows.ts';
import { outboxWrite } from '../mail/outbox.ts';
import { transact, type Write } from '../aws/transaction.ts';

const put = (
  { TableName, Key }: RowRef,
  ttl: number | undefined,
  row: object,
): { Put: NonNullable<Write['Put']> } => ({
  Put: { TableName, Item: { ...Key, ...row, ttl } },
});

/** Claims the mailbox for this invite, so that two administrators cannot invite it at once. */
export function openInviteWrite(config: Config, invite: Invite, now: number): Write | undefined {
  const mailbox = mailboxOf(invite);
  if (mailbox === undefined) return undefined;
  const { id, expiresAt } = invite;
  const { Put } = put(openInviteRef(config, mailbox), inviteTtl(expiresAt), { inviteId: id, expiresAt });
  return {
    Put: {
      ...Put,
      ConditionExpression: 'attribute_not_exists(pk) OR inviteId = :id OR expiresAt <= :now',
      ExpressionAttributeValues: { ':id': id, ':now': now },
    },
  };
}

/** Points the short code to this invite, unless it points to another one. */
export function codeWrite(config: Config, invite: Invite): Write | undefined {
  if (invite.codeKey === undefined) return undefined;
  const { Put } = put(codeRef(config, invite.codeKey), ownTtl(invite), { inviteId: invite.id });
  return {
    Put: {
      ...Put,
      ConditionExpression: 'attribute_not_exists(pk) OR inviteId = :id',
      ExpressionAttributeValues: { ':id': invite.id },
    },
  };
}

/** Owes the invite's mail if its delivery is pending. */
export function owedMail(config: Config, invite: Invite, now: number): Write | undefined {
  const mailbox = mailboxOf(invite);
  return invite.delivery === 'pending' && mailbox !== undefined
    ? outboxWrite(config, invite, mailbox, now)
    : undefined;
}

/** Stores an invite whose id is new, with its code, its claim on the mailbox, its owed mail and its audit entry. */
export function newInviteWrites(config: Config, invite: Invite, by: Actor) {
  const now = invite.createdAt;
  return {
    invite: {
      Put: {
        TableName: config.table('invites'),
        Item: inviteRow(invite),
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    code: codeWrite(config, invite),
    openInvite: openInviteWrite(config, invite, now),
    mail: owedMail(config, invite, now),
    audit: auditWrite(config, {
      ...by,
      action: 'invite.create',
      outcome: 'done',
      subjectId: invite.id,
      at: now,
    }),
  };
}

/** The result of creating an invite: `again` means that an earlier try of the same request stored it. */
export type Creation = 'created' | 'again' | 'code_taken' | { openInvite: string };

/** Creates invites. */
export const createInvites = capability(
  'invites',
  [onTable('invites', 'GetItem', 'PutItem'), onTable('mails', 'PutItem'), onTable('audit', 'PutItem')],
  (config) => ({
    /** Stores the invite with its code, its owed mail and its audit entry, all or nothing. */
    async create(invite: Invite, passphrase: Credentials | undefined, by: Actor): Promise<Creation> {
      const refused = await transact({
        ...newInviteWrites(config, invite, by),
        passphrase: passphrase && put(passphraseRef(config, invite.id), ownTtl(invite), passphrase),
      });
      if (refused.length === 0) return 'created';
      if (refused.includes('invite')) return 'again';
      if (refused.includes('code')) return 'code_taken';
      const open = await readRow<{ inviteId: string }>(openInviteRef(config, mailboxOf(invite) ?? ''));
      return { openInvite: open?.inviteId ?? '' };
    },
  }),
);
