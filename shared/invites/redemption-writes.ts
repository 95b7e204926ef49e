import { readRow, type RowRef } from '../aws/read-row.ts';
import type { Write } from '../aws/transaction.ts';
import { joinUpdates, setFields, type UpdatePart } from '../aws/update.ts';
import type { Config } from '../deployment/config.ts';
import type { User } from '../users/user.ts';
import { grantsSince, isActive, isAdministrator } from '../users/user-conditions.ts';
import { issuerCheck } from '../users/user-writes.ts';
import { releaseMailbox } from './change-invites.ts';
import { grantsMore, openRegistration, type Invite } from './invite.ts';
import {
  codeRef,
  displacedPerson,
  endedTtl,
  inviteRef,
  passphraseRef,
  redemptionRef,
} from './invite-rows.ts';
import type { RedemptionRow } from './list-redemptions.ts';

/** A use of an invite. */
export interface InviteUse {
  /** As it was read. The use counts only for this generation. */
  invite: Invite;
  user: Pick<User, 'id' | 'username'>;
  /** The guest who redeems, so that no guest redeems twice: the address, or the thumbprint of the device key. */
  person: string;
  /** The name of the device that the invite registers, if it registers one. */
  device?: string | undefined;
  /** The user whose unverified claim on the address yields to `user`, who has proven the mailbox. */
  displaced?: string | undefined;
  /** The displaced user's redemption of this same invite, in the owner's name. */
  displacedUse?: RedemptionRow | undefined;
  /** The user before the move, if the invite moves them to another device and admits no new user. */
  moved?: User | undefined;
  /** The user who had brought in the moved user. */
  broughtInBy?: string | undefined;
}

/** The `person` of a guest who redeems by a device: its key's thumbprint. */
export const devicePerson = (thumbprint: string): string => `device:${thumbprint}`;

/** Whether the invite's rows stay: a user without a mailbox can come back only by the invite, however much later. */
const stays = ({ kind }: Invite): boolean => kind === 'device-only';

/**
 * Only the last use changes the state, so it must know that it is the last, which it stays while the invite is active. For other uses
 * it is enough that uses are left.
 */
const isLastUse = ({ uses, maxUses }: Invite): boolean => uses + 1 >= maxUses;

/** The writes that redeem the invite: they count the use, record its guest, and free the mailbox for other invites. */
export function inviteUseWrites(
  config: Config,
  use: InviteUse,
  now: number,
): Record<string, Write | undefined> {
  const { invite, moved, displaced } = use;
  const { id, issuerId, codeKey } = invite;
  if (id === openRegistration.id) return {};
  return {
    invite: countWrite(config, use, now),
    redemption: redemptionWrite(config, use, now),
    displacedUse: use.displacedUse && displacedUseWrite(config, id, use.displacedUse),
    // The invite names the user of the new device, once.
    oldDevice:
      moved?.device === undefined
        ? undefined
        : { Delete: redemptionRef(config, id, devicePerson(moved.device)) },
    // While uses are left, the invite stays open and keeps its claim on the address.
    openInvite: isLastUse(invite) ? releaseMailbox(config, invite) : undefined,
    passphrase: stays(invite) ? keptWrite(passphraseRef(config, id)) : undefined,
    code: stays(invite) && codeKey !== undefined ? keptWrite(codeRef(config, codeKey)) : undefined,
    // If the transaction also writes the issuer's row, that write has the condition.
    issuer:
      issuerId === undefined || issuerId === displaced || issuerId === moved?.id
        ? undefined
        : issuerCheck(config, issuerId, askedOfIssuer(invite)),
  };
}

/** Conditions on the issuer at the moment of the use, so that no invite grants what its issuer may no longer grant (C91). */
const askedOfIssuer = (invite: Invite): readonly UpdatePart[] =>
  grantsMore(invite) ? [isActive, isAdministrator, grantsSince(invite.createdAt)] : [isActive];

/** The same for the write of a user, if that user is the issuer; nothing for others. */
export const askedOf = (invite: Invite, userId: string): readonly UpdatePart[] =>
  invite.issuerId === userId ? askedOfIssuer(invite) : [];

function countWrite(config: Config, { invite, user }: InviteUse, now: number): Write {
  return {
    Update: {
      ...inviteRef(config, invite.id),
      ...joinUpdates([
        {
          set: 'uses = uses + :one, usedAt = :now, usedBy = :user, openedAt = if_not_exists(openedAt, :now)',
          when: '#state = :active AND expiresAt > :now AND generation = :generation',
          names: { '#state': 'state' },
          values: {
            ':one': 1,
            ':active': 'active',
            ':now': now,
            ':user': user.id,
            ':generation': invite.generation,
          },
        },
        ...(isLastUse(invite)
          ? [setFields({ state: 'used' }), endedTtl(invite, now)]
          : [{ when: 'uses < :last', values: { ':last': invite.maxUses - 1 } }]),
        stays(invite) ? setFields({ ttl: undefined }) : {},
      ]),
    },
  };
}

function redemptionWrite(config: Config, use: InviteUse, now: number): Write {
  const { invite, user, person, device, moved, broughtInBy } = use;
  const { TableName, Key } = redemptionRef(config, invite.id, person);
  const row: Omit<RedemptionRow, 'sk'> = {
    userId: user.id,
    username: user.username,
    device,
    redeemedAt: now,
    issuerId: moved ? broughtInBy : invite.issuerId,
    createdAt: now,
  };
  return {
    Put: {
      TableName,
      Item: { ...Key, ...row },
      // A displaced user's row is replaced. It does not change while the address is theirs, which their own write checks.
      ...(!use.displacedUse && { ConditionExpression: 'attribute_not_exists(pk)' }),
    },
  };
}

/** A user who redeemed with another person's address stays listed, without the address: its owner's redemption takes that place. */
function displacedUseWrite(config: Config, inviteId: string, displacedUse: RedemptionRow): Write {
  const { TableName, Key } = redemptionRef(config, inviteId, displacedPerson(displacedUse.userId));
  return { Put: { TableName, Item: { ...displacedUse, ...Key } } };
}

/**
 * The same for a user who leaves an address that they never proved, so that its owner can use the same link. The row does not change
 * while the address is theirs, which the write of the user must check.
 */
export async function leftAddressWrites(
  config: Config,
  { id, inviteId, email, emailVerified }: User,
): Promise<Record<string, Write | undefined>> {
  if (email === undefined || emailVerified) return {};
  const left = redemptionRef(config, inviteId, email);
  const use = await readRow<RedemptionRow>(left);
  if (use?.userId !== id) return {};
  return { leftUse: { Delete: left }, displacedUse: displacedUseWrite(config, inviteId, use) };
}

const keptWrite = (ref: RowRef): Write => ({
  Update: {
    ...ref,
    UpdateExpression: 'REMOVE #ttl',
    ExpressionAttributeNames: { '#ttl': 'ttl' },
  },
});
