import { readRow, type RowRef } from '../aws/read-row.ts';
import type { Write } from '../aws/transaction.ts';
import type { Config } from '../deployment/config.ts';
import type { User } from '../users/user.ts';
import type { Invite } from '../invites/invite.ts';
import {
  codeRef,
  formerPerson,
  inviteRef,
  inviteTtl,
  passphraseRef,
  redemptionRef,
} from '../invites/invite-rows.ts';
import { redeemedBy, redemptionOf, type RedemptionRow } from '../invites/list-redemptions.ts';
import { isRecoverable } from '../invites/reissued.ts';

type Writes = Record<string, Write | undefined>;

/**
 * The redemption that made a user who is deleted stays, so that it is seen that and when the invite was used; its
 * address, name and device go, and what the invite says of them. The address's owner can redeem anew.
 */
export async function formerRedemptionWrites(
  config: Config,
  { id, inviteId }: Pick<User, 'id' | 'inviteId'>,
  now: number,
): Promise<Writes> {
  const { TableName, Key: former } = redemptionRef(config, inviteId, formerPerson(id));
  const row = await redemptionOf(config, id, inviteId);
  // None where registration was open; done already where two deletions run at once.
  if (!row || row.sk === former.sk) return {};
  const { sk, username: _, device: __, ...kept } = row;
  const invite = await readRow<Invite>(inviteRef(config, inviteId));
  return {
    ...(invite?.state === 'used' && (await usedInviteWrites(config, invite, row, now))),
    redemption: { Delete: { TableName, Key: { pk: former.pk, sk } } },
    formerRedemption: { Put: { TableName, Item: { ...kept, ...former } } },
  };
}

/**
 * Takes out of an invite that is used up whatever is about its only guest; one that was their way back in leads nobody anywhere,
 * and goes as others do.
 */
async function usedInviteWrites(
  config: Config,
  invite: Invite,
  row: RedemptionRow,
  now: number,
): Promise<Writes> {
  const [isTheirs, wasWayBack] = [invite.maxUses === 1, isRecoverable(invite)];
  // The address of an open link need not be that of who came in by it.
  const names = [
    ...(wasWayBack || redeemedBy(row) === invite.email ? ['email'] : []),
    ...(isTheirs ? ['note', 'message'] : []),
  ];
  if (names.length === 0) return {};
  return {
    // Refused where it was deleted meanwhile.
    invite: {
      Update: {
        ...inviteRef(config, invite.id),
        UpdateExpression: `REMOVE ${names.join(', ')}${wasWayBack ? ' SET #ttl = :ttl' : ''}`,
        ConditionExpression: '#state = :used',
        ExpressionAttributeNames: { '#state': 'state', ...(wasWayBack && { '#ttl': 'ttl' }) },
        ExpressionAttributeValues: { ':used': 'used', ...(wasWayBack && { ':ttl': inviteTtl(now) }) },
      },
    },
    ...(wasWayBack && (await endingWrites(config, invite, now))),
  };
}

/** Lets go the pass phrase and the code of an invite that is no way back any more. */
async function endingWrites(config: Config, { id, codeKey }: Invite, now: number): Promise<Writes> {
  const [passphrase, code] = [
    passphraseRef(config, id),
    codeKey === undefined ? undefined : codeRef(config, codeKey),
  ];
  // A row that is not there must hold nobody up who leaves.
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
