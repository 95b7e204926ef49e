import { capability, onTable } from '../capability.ts';
import type { Config } from '../config.ts';
import type { Invite } from '../domain/invite.ts';
import type { Session } from '../domain/session.ts';
import type { User } from '../domain/user.ts';
import type { Credentials } from '../keys/passwords.ts';
import { auditWrite } from './audit.ts';
import { readRows } from './batch.ts';
import { inviteKey, openInviteKey, redemptionKey } from './invite-rows.ts';
import { sessionWrite } from './session-writes.ts';
import { transact, type Write } from './transaction.ts';
import { adminsKey, emailKey, userKey, usernameKey, userRow, type Claim } from './users.ts';

export interface Redemption {
  /** As it was read; the transaction takes place only on this generation. */
  invite: Invite;
  user: User & { email: string };
  credentials: Credentials;
  session: Session;
  /** The user whose unverified claim on the address yields to `user`, who has proven the mailbox. */
  displaced?: string | undefined;
}

/** Which rule refused a redemption: the invite changed, or the address or the name is held by somebody. */
export type Refusal = 'invite' | 'email' | 'username';

/** Redeems invites: everything that registration writes, in one transaction (R4.3). */
export const redeemInvite = capability(
  'redemption',
  [
    onTable('users', 'BatchGetItem', 'PutItem', 'UpdateItem'),
    onTable('invites', 'PutItem', 'UpdateItem', 'DeleteItem'),
    onTable('credentials', 'PutItem'),
    onTable('sessions', 'PutItem'),
    onTable('audit', 'PutItem'),
  ],
  (config) => ({
    /** Who holds the address and the name, to refuse before a password is hashed in vain. */
    async claims(email: string, username: string): Promise<{ email?: Claim; username?: Claim }> {
      const users = config.table('users');
      const rows = (await readRows({ [users]: [emailKey(email), usernameKey(username)] }))[users] ?? [];
      const find = (key: { pk: string }) => rows.find((row) => row['pk'] === key.pk) as Claim | undefined;
      const [byEmail, byName] = [find(emailKey(email)), find(usernameKey(username))];
      return { ...(byEmail && { email: byEmail }), ...(byName && { username: byName }) };
    },

    /** Creates the user, the session and all else, and counts the use; or refuses and writes nothing. */
    async redeem(redemption: Redemption, address: string, now: number): Promise<Refusal | undefined> {
      const { user, invite } = redemption;
      const refused = await transact({
        ...inviteWrites(config, redemption, now),
        ...userWrites(config, redemption),
        session: sessionWrite(config, redemption.session),
        audit: auditWrite(config, {
          action: 'registration',
          outcome: 'done',
          actorId: user.id,
          subjectId: invite.id,
          address,
          at: now,
        }),
      });
      return refusalOf(refused);
    },
  }),
);

const refusalOf = (refused: readonly string[]): Refusal | undefined => {
  if (refused.includes('invite')) return 'invite';
  if (refused.includes('email') || refused.includes('redemption') || refused.includes('displaced'))
    return 'email';
  if (refused.includes('username')) return 'username';
  return refused.length > 0 ? 'invite' : undefined;
};

function inviteWrites(
  config: Config,
  { invite, user, displaced }: Redemption,
  now: number,
): Record<string, Write | undefined> {
  const TableName = config.table('invites');
  // Only the last use changes the state, so it must know that it is the last; the others need only room.
  const last = invite.uses + 1 >= invite.maxUses;
  return {
    invite: {
      Update: {
        TableName,
        Key: inviteKey(invite.id),
        UpdateExpression: last ? 'SET uses = uses + :one, #state = :used' : 'SET uses = uses + :one',
        ConditionExpression:
          `#state = :active AND expiresAt > :now AND generation = :generation AND ` +
          (last ? 'uses = :uses' : 'uses < :last'),
        ExpressionAttributeNames: { '#state': 'state' },
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
          ...redemptionKey(invite.id, user.email),
          userId: user.id,
          username: user.username,
          redeemedAt: now,
        },
        // Whoever proves the mailbox also takes the place of who redeemed in its name.
        ConditionExpression: `attribute_not_exists(pk)${displaced === undefined ? '' : ' OR userId = :displaced'}`,
        ...(displaced !== undefined && { ExpressionAttributeValues: { ':displaced': displaced } }),
      },
    },
    // While uses are left the invite is open, and so is its claim on the address.
    openInvite:
      last && invite.email !== undefined
        ? { Delete: { TableName, Key: openInviteKey(invite.email) } }
        : undefined,
  };
}

function userWrites(
  config: Config,
  { user, credentials, displaced }: Redemption,
): Record<string, Write | undefined> {
  const TableName = config.table('users');
  const free = 'attribute_not_exists(pk)';
  return {
    email: {
      Put: {
        TableName,
        Item: { ...emailKey(user.email), userId: user.id, verified: user.emailVerified },
        ConditionExpression: displaced === undefined ? free : 'userId = :displaced AND verified = :false',
        ...(displaced !== undefined && {
          ExpressionAttributeValues: { ':displaced': displaced, ':false': false },
        }),
      },
    },
    username: {
      Put: {
        TableName,
        Item: { ...usernameKey(user.username), userId: user.id },
        ConditionExpression: free,
      },
    },
    user: { Put: { TableName, Item: userRow(user), ConditionExpression: free } },
    credentials: { Put: { TableName: config.table('credentials'), Item: credentials } },
    displaced:
      displaced === undefined
        ? undefined
        : {
            Update: {
              TableName,
              Key: userKey(displaced),
              UpdateExpression: 'REMOVE email SET emailVerified = :false',
              ConditionExpression: 'email = :email',
              ExpressionAttributeValues: { ':email': user.email, ':false': false },
            },
          },
    admins:
      user.role === 'admin'
        ? {
            Update: {
              TableName,
              Key: adminsKey,
              UpdateExpression: 'ADD members :one',
              ExpressionAttributeValues: { ':one': 1 },
            },
          }
        : undefined,
  };
}
