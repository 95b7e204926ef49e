import type { RowRef } from '../aws/read-row.ts';
import type { Write } from '../aws/transaction.ts';
import type { UpdatePart } from '../aws/update.ts';
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
  /** As it was read; the use counts only on this generation. */
  invite: Invite;
  user: Pick<User, 'id' | 'username'>;
  /** Who redeems, so that no guest does twice: the address, or the thumbprint of the device key. */
  person: string;
  /** What the device is called that the invite registers, if it registers one. */
  device?: string | undefined;
  /** The user whose unverified claim on the address yields to `user`, who has proven the mailbox. */
  displaced?: string | undefined;
  /** How the user who is displaced redeemed this very invite, in the owner's name. */
  displacedUse?: RedemptionRow | undefined;
  /** The user as they were, where the invite moves them to another device and admits no new user. */
  moved?: User | undefined;
  /** Who had brought in the user who moves. */
  broughtInBy?: string | undefined;
}

/** How a device stands for the person that redeems: by its key's thumbprint. */
export const devicePerson = (thumbprint: string): string => `device:${thumbprint}`;

/** Who has no mailbox comes in again by the invite alone, however long after: its rows stay. */
const stays = ({ kind }: Invite): boolean => kind === 'device-only';

/**
 * Only the last use changes the state, so it must know that it is the last, which it stays while the invite is active; the
 * others need only room.
 */
const isLastUse = ({ uses, maxUses }: Invite): boolean => uses + 1 >= maxUses;

/** What redeeming does to the invite: counts the use, remembers who, and frees the mailbox for other invites. */
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
    displacedUse: displacedUseWrite(config, use),
    // The invite names the user of the new device, once.
    oldDevice:
      moved?.device === undefined
        ? undefined
        : { Delete: redemptionRef(config, id, devicePerson(moved.device)) },
    // While uses are left the invite is open, and so is its claim on the address.
    openInvite: isLastUse(invite) ? releaseMailbox(config, invite) : undefined,
    passphrase: stays(invite) ? keptWrite(passphraseRef(config, id)) : undefined,
    code: stays(invite) && codeKey !== undefined ? keptWrite(codeRef(config, codeKey)) : undefined,
    // Where the issuer is written too, that write has the condition.
    issuer:
      issuerId === undefined || issuerId === displaced || issuerId === moved?.id
        ? undefined
        : issuerCheck(config, issuerId, askedOfIssuer(invite)),
  };
}

/** What the issuer must be at the moment of the use, so that nobody grants by an invite what they may grant no more (C91). */
const askedOfIssuer = (invite: Invite): readonly UpdatePart[] =>
  grantsMore(invite) ? [isActive, isAdministrator, grantsSince(invite.createdAt)] : [isActive];

/** The same for the write of a user who is the issuer; nothing for others. */
export const askedOf = (invite: Invite, userId: string): readonly UpdatePart[] =>
  invite.issuerId === userId ? askedOfIssuer(invite) : [];

function countWrite(config: Config, { invite, user }: InviteUse, now: number): Write {
  const [last, kept] = [isLastUse(invite), stays(invite)];
  const { set: end, names, values } = last ? endedTtl(invite, now) : {};
  return {
    Update: {
      ...inviteRef(config, invite.id),
      UpdateExpression: [
        'SET uses = uses + :one, usedAt = :now, usedBy = :user, openedAt = if_not_exists(openedAt, :now)',
        last && ', #state = :used',
        end && `, ${end}`,
        kept && ' REMOVE #ttl',
      ]
        .filter(Boolean)
        .join(''),
      ConditionExpression:
        `#state = :active AND expiresAt > :now AND generation = :generation` +
        (last ? '' : ' AND uses < :last'),
      ExpressionAttributeNames: { '#state': 'state', ...(kept && { '#ttl': 'ttl' }), ...names },
      ExpressionAttributeValues: {
        ':one': 1,
        ':active': 'active',
        ':now': now,
        ':user': user.id,
        ':generation': invite.generation,
        ...(last ? { ':used': 'used' } : { ':last': invite.maxUses - 1 }),
        ...values,
      },
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
      // Who is displaced leaves that row alone for as long as the address is theirs, which their own write asks for.
      ...(!use.displacedUse && { ConditionExpression: 'attribute_not_exists(pk)' }),
    },
  };
}

/** Who used the invite in the name of an address that is not theirs stays listed, without it: the owner's use takes its place. */
function displacedUseWrite(config: Config, { invite, displacedUse }: InviteUse): Write | undefined {
  if (displacedUse === undefined) return undefined;
  const { TableName, Key } = redemptionRef(config, invite.id, displacedPerson(displacedUse.userId));
  return { Put: { TableName, Item: { ...displacedUse, ...Key } } };
}

const keptWrite = (ref: RowRef): Write => ({
  Update: {
    ...ref,
    UpdateExpression: 'REMOVE #ttl',
    ExpressionAttributeNames: { '#ttl': 'ttl' },
  },
});
