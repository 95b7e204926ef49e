import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { queryRows, takeRows } from '../aws/query-rows.ts';
import { documents } from '../aws/documents.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { Config } from '../deployment/config.ts';
import { readRow, type RowRef } from '../aws/read-row.ts';
import type { Write } from '../aws/transaction.ts';
import type { User } from '../users/user.ts';
import { releaseMailbox } from './change-invites.ts';
import { mailboxOf, type Invite } from './invite.ts';
import {
  codeRef,
  formerPerson,
  inviteKey,
  inviteRef,
  inviteTtl,
  openInviteRef,
  passphraseRef,
  redemptionPrefix,
  redemptionRef,
} from './invite-rows.ts';
import { isRecoverable } from './reissued.ts';

/**
 * Who redeemed an invite, and so who brought in whom. The row stays as long as its user. After that it stays without a name, for the
 * users whom that user brought in (C97).
 */
export interface RedemptionRow {
  sk: string;
  userId: string;
  /** Absent once the user has deleted the account. */
  username?: string;
  /** The name (`deviceName`) of the device that the account was bound to; absent if there was none, or the account was deleted. */
  device?: string | undefined;
  /** Milliseconds. */
  redeemedAt: number;
  /** Who brought the user in; absent for the first administrator. */
  issuerId?: string | undefined;
  /** The value of `redeemedAt`, under the name by which the index of issuers is sorted. */
  createdAt: number;
}

/** The address by which a guest redeemed an invite; null for a device, and for a user who has deleted the account or lost the address. */
export const redeemedBy = ({ sk }: RedemptionRow): string | null =>
  sk.includes('@') ? sk.slice(redemptionPrefix.length) : null;

/** A user's redemption of an invite; undefined if registration was open. */
export async function redemptionOf(
  config: Config,
  userId: string,
  inviteId: string,
): Promise<RedemptionRow | undefined> {
  const rows = queryRows<RedemptionRow>({
    TableName: config.table('invites'),
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :redemption)',
    FilterExpression: 'userId = :user',
    ExpressionAttributeValues: {
      ':pk': inviteKey(inviteId).pk,
      ':redemption': redemptionPrefix,
      ':user': userId,
    },
    ConsistentRead: true,
  });
  return (await takeRows(rows, 1)).items[0];
}

/** Lists who redeemed an invite. */
export const listRedemptions = capability('redemptions', [onTable('invites', 'Query')], (config) => ({
  by: (userId: string, inviteId: string) => redemptionOf(config, userId, inviteId),

  /**
   * At most `limit` redemptions, in the order of their rows.
   * @param after where the page before ended, as its `next` said.
   */
  async of(
    inviteId: string,
    limit: number,
    after?: string,
  ): Promise<{ items: RedemptionRow[]; next: string | undefined }> {
    const { pk } = inviteKey(inviteId);
    const { Items = [] } = await documents.send(
      new QueryCommand({
        TableName: config.table('invites'),
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :redemption)',
        ExpressionAttributeValues: { ':pk': pk, ':redemption': redemptionPrefix },
        Limit: limit + 1,
        ConsistentRead: true,
        ...(after !== undefined && { ExclusiveStartKey: { pk, sk: redemptionPrefix + after } }),
      }),
    );
    const items = (Items as RedemptionRow[]).slice(0, limit);
    return {
      items,
      next: Items.length > limit ? items.at(-1)?.sk.slice(redemptionPrefix.length) : undefined,
    };
  },
}));

type Writes = Record<string, Write | undefined>;

/**
 * The redemption that made a deleted user stays, to show that and when the invite was used. Its address, name and device go, and so
 * does what the invite says of them. The address's owner can redeem anew.
 */
export async function formerRedemptionWrites(
  config: Config,
  { id, inviteId }: Pick<User, 'id' | 'inviteId'>,
  now: number,
): Promise<Writes> {
  const { TableName, Key: former } = redemptionRef(config, inviteId, formerPerson(id));
  const row = await redemptionOf(config, id, inviteId);
  // No row exists if registration was open. If two deletions run at once, the other may have done this already.
  if (!row || row.sk === former.sk) return {};
  const { sk, username: _, device: __, ...kept } = row;
  const invite = await readRow<Invite>(inviteRef(config, inviteId));
  return {
    ...(invite && (await usedInviteWrites(config, invite, row, now))),
    redemption: { Delete: { TableName, Key: { pk: former.pk, sk } } },
    formerRedemption: { Put: { TableName, Item: { ...kept, ...former } } },
  };
}

/**
 * Removes from a used-up invite what is about its only guest. If the invite was that guest's way back in, it leads nowhere now and
 * expires as other rows do. If it was renewed for them and not used again, it is withdrawn, and its address is free.
 */
async function usedInviteWrites(
  config: Config,
  invite: Invite,
  row: RedemptionRow,
  now: number,
): Promise<Writes> {
  const isUsed = invite.state === 'used';
  const isRenewed = invite.recovers === row.userId;
  if (!isUsed && !isRenewed) return {};
  const [isTheirs, wasWayBack] = [invite.maxUses === 1, isRenewed || isRecoverable(invite)];
  // The address of an open link need not be that of its guest.
  const names = [
    ...(wasWayBack || redeemedBy(row) === invite.email ? ['email'] : []),
    ...(isTheirs ? ['note', 'message'] : []),
  ];
  if (names.length === 0) return {};
  const set = ['#state = :next', ...(wasWayBack ? ['#ttl = :ttl'] : [])];
  return {
    // Refused if the invite was deleted or used meanwhile.
    invite: {
      Update: {
        ...inviteRef(config, invite.id),
        UpdateExpression: `SET ${set.join(', ')} REMOVE ${names.join(', ')}`,
        ConditionExpression: '#state = :state AND generation = :generation',
        ExpressionAttributeNames: { '#state': 'state', ...(wasWayBack && { '#ttl': 'ttl' }) },
        ExpressionAttributeValues: {
          ':state': invite.state,
          ':next': isUsed ? 'used' : 'revoked',
          ':generation': invite.generation,
          ...(wasWayBack && { ':ttl': inviteTtl(now) }),
        },
      },
    },
    ...(wasWayBack && (await endingWrites(config, invite, now))),
    ...(!isUsed && { mailbox: await ownMailboxWrite(config, invite) }),
  };
}

/** Frees the invite's mailbox if it claims it. Another invite's claim must not stop the user's deletion. */
async function ownMailboxWrite(config: Config, invite: Invite): Promise<Write | undefined> {
  const mailbox = mailboxOf(invite);
  if (mailbox === undefined) return undefined;
  const claim = await readRow<{ inviteId: string }>(openInviteRef(config, mailbox));
  return claim?.inviteId === invite.id ? releaseMailbox(config, invite) : undefined;
}

/** Sets the `ttl` of the pass phrase and the code of an invite that is no way back in any more. */
async function endingWrites(config: Config, { id, codeKey }: Invite, now: number): Promise<Writes> {
  const [passphrase, code] = [
    passphraseRef(config, id),
    codeKey === undefined ? undefined : codeRef(config, codeKey),
  ];
  // A missing row must not stop the user's deletion.
  const [hasPassphrase, pointsHere] = await Promise.all([
    readRow(passphrase),
    code && readRow<{ inviteId: string }>(code),
  ]);
  return {
    passphrase: hasPassphrase === undefined ? undefined : ending(passphrase, now),
    code: code && pointsHere?.inviteId === id ? ending(code, now) : undefined,
  };
}

const ending = (ref: RowRef, now: number): Write => ({
  Update: {
    ...ref,
    UpdateExpression: 'SET #ttl = :ttl',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeNames: { '#ttl': 'ttl' },
    ExpressionAttributeValues: { ':ttl': inviteTtl(now) },
  },
});
