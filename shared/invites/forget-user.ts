import { conditionalWrite } from '../aws/conditional-write.ts';
import { inBatches } from '../batches.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { Config } from '../deployment/config.ts';
import { readRow, type RowRef } from '../aws/read-row.ts';
import type { Write } from '../aws/transaction.ts';
import { joinUpdates, setFields } from '../aws/update.ts';
import type { User } from '../users/user.ts';
import { releaseMailbox } from './change-invites.ts';
import { mailboxOf, type Invite } from './invite.ts';
import {
  codeRef,
  formerPerson,
  inviteRef,
  inviteTtl,
  openInviteRef,
  passphraseRef,
  redemptionRef,
} from './invite-rows.ts';
import { redeemedBy, redemptionOf, type RedemptionRow } from './list-redemptions.ts';
import { isRecoverable } from './reissued.ts';

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
  const gone = {
    ...((wasWayBack || redeemedBy(row) === invite.email) && { email: undefined }),
    ...(isTheirs && { note: undefined, message: undefined }),
  };
  if (Object.keys(gone).length === 0) return {};
  return {
    // Refused if the invite was deleted or used meanwhile.
    invite: {
      Update: {
        ...inviteRef(config, invite.id),
        ...joinUpdates([
          setFields({
            state: isUsed ? 'used' : 'revoked',
            ...(wasWayBack && { ttl: inviteTtl(now) }),
            ...gone,
          }),
          {
            when: '#state = :state AND generation = :generation',
            names: { '#state': 'state' },
            values: { ':state': invite.state, ':generation': invite.generation },
          },
        ]),
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
    ...joinUpdates([setFields({ ttl: inviteTtl(now) }), { when: 'attribute_exists(pk)' }]),
  },
});

/** Invites that are written at a time. */
const atOnce = 10;

/** Removes the names of users who have deleted the account from the invites that they sent. */
export const forgetIssuers = capability('issuers', [onTable('invites', 'UpdateItem')], (config) => ({
  /** Keeps the name of an administrator who has given an invite a new link meanwhile. */
  async forget(issuerId: string, invites: readonly Invite[]): Promise<void> {
    await inBatches(invites, atOnce, ({ id }) =>
      conditionalWrite({
        Update: {
          ...inviteRef(config, id),
          UpdateExpression: 'REMOVE issuerName',
          ConditionExpression: 'issuerId = :issuer',
          ExpressionAttributeValues: { ':issuer': issuerId },
        },
      }),
    );
  },
}));
