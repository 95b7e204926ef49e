import type { Config } from '../deployment/config.ts';
import { mailboxOf, openDoor, type Invite } from '../invites/invite.ts';
import type { Session } from '../sessions/session.ts';
import type { User } from '../users/user.ts';
import type { Credentials } from '../passwords/hash-passwords.ts';
import { inviteTtl } from '../invites/invite-rows.ts';
import { openInviteKey, passphraseKey, redemptionKey, inviteKey } from '../aws/invite-keys.ts';
import type { Write } from '../aws/transaction.ts';
import { userKey, usernameKey, userRow } from '../aws/user-keys.ts';
import { adminCount, displacement, emailWrite, free } from '../users/claims.ts';

export interface Redemption {
  /** As it was read; the transaction takes place only on this generation. */
  invite: Invite;
  user: User;
  /** Absent for users who are known by their device alone. */
  credentials?: Credentials;
  session: Session;
  /** Who redeems, so that nobody does twice: the address, or the thumbprint of the device key. */
  person: string;
  /** The user whose unverified claim on the address yields to `user`, who has proven the mailbox. */
  displaced?: string | undefined;
  /** The user as they were, where the invite moves them to another device and lets nobody new in. */
  moved?: User | undefined;
}

/** How a device stands for the person that redeems: by its key's thumbprint. */
export const devicePerson = (thumbprint: string): string => `device:${thumbprint}`;

type Writes = Record<string, Write | undefined>;

/** What redeeming does to the invite: counts the use, remembers who, and frees the mailbox for other invites. */
export function inviteWrites(
  config: Config,
  { invite, user, person, moved, displaced }: Redemption,
  now: number,
): Writes {
  if (invite.id === openDoor.id) return {};
  const TableName = config.table('invites');
  // Only the last use changes the state, so it must know that it is the last; the others need only room.
  const last = invite.uses + 1 >= invite.maxUses;
  const mailbox = mailboxOf(invite);
  // Who has no mailbox comes in again by the invite alone, however long after: its rows stay.
  const stays = invite.kind === 'device-only';
  const { issuerId } = invite;
  return {
    invite: {
      Update: {
        TableName,
        Key: inviteKey(invite.id),
        UpdateExpression: ['SET uses = uses + :one', last && ', #state = :used', stays && ' REMOVE #ttl']
          .filter(Boolean)
          .join(''),
        ConditionExpression:
          `#state = :active AND expiresAt > :now AND generation = :generation AND ` +
          (last ? 'uses = :uses' : 'uses < :last'),
        ExpressionAttributeNames: { '#state': 'state', ...(stays && { '#ttl': 'ttl' }) },
        ExpressionAttributeValues: {
          ':one': 1,
          ':active': 'active',
          ':now': now,
          ':generation': invite.generation,
          ...(last ? { ':used': 'used', ':uses': invite.uses } : { ':last': invite.maxUses - 1 }),
        },
      },
    },
    redemption: {
      Put: {
        TableName,
        Item: {
          ...redemptionKey(invite.id, person),
          ttl: stays ? undefined : inviteTtl(invite.expiresAt),
          userId: user.id,
          username: user.username,
          redeemedAt: now,
        },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    oldDevice: moved?.device === undefined ? undefined : forgetDevice(TableName, invite.id, moved.device),
    // While uses are left the invite is open, and so is its claim on the address.
    openInvite: last && mailbox !== undefined ? freeMailbox(TableName, invite.id, mailbox) : undefined,
    passphrase: stays ? keepPassphrase(TableName, invite.id) : undefined,
    // Where the issuer is written too, that write has the condition.
    issuer: [undefined, displaced, moved?.id].includes(issuerId) ? undefined : issuerCheck(config, issuerId!),
  };
}

const keepPassphrase = (TableName: string, inviteId: string): Write => ({
  Update: {
    TableName,
    Key: passphraseKey(inviteId),
    UpdateExpression: 'REMOVE #ttl',
    ExpressionAttributeNames: { '#ttl': 'ttl' },
  },
});

/** The invite names whoever is on the new device, once. */
const forgetDevice = (TableName: string, inviteId: string, device: string): Write => ({
  Delete: { TableName, Key: redemptionKey(inviteId, devicePerson(device)) },
});

/** Another invite's claim is not ours to free: then this one has expired while it was being redeemed. */
const freeMailbox = (TableName: string, id: string, mailbox: string): Write => ({
  Delete: {
    TableName,
    Key: openInviteKey(mailbox),
    ConditionExpression: 'attribute_not_exists(pk) OR inviteId = :id',
    ExpressionAttributeValues: { ':id': id },
  },
});

/** Whoever is disabled or gone invites nobody any more, whatever links they have handed out. */
const issuerCheck = (config: Config, issuerId: string): Write => ({
  ConditionCheck: {
    TableName: config.table('users'),
    Key: userKey(issuerId),
    ConditionExpression: '#status = :active',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':active': 'active' },
  },
});

/** What redeeming makes: the user, with address, name and credentials. */
export function userWrites(config: Config, { invite, user, credentials, displaced }: Redemption): Writes {
  const TableName = config.table('users');
  const { id: userId, email, username } = user;
  return {
    email: email === undefined ? undefined : emailWrite(TableName, { ...user, email }, displaced),
    username: {
      Put: { TableName, Item: { ...usernameKey(username), userId }, ConditionExpression: free },
    },
    user: { Put: { TableName, Item: userRow(user), ConditionExpression: free } },
    credentials: credentials && { Put: { TableName: config.table('credentials'), Item: credentials } },
    displaced:
      displaced === undefined
        ? undefined
        : displacement(TableName, displaced, email, invite.issuerId === displaced),
    admins: user.role === 'admin' ? adminCount(TableName) : undefined,
  };
}
