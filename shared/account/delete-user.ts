import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../aws/dynamodb.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { Config } from '../deployment/config.ts';
import type { User } from '../users/user.ts';
import { auditWrite } from '../audit/write-audit.ts';
import { formerPerson, redemptionPrefix, redemptionKey, inviteKey } from '../aws/invite-keys.ts';
import type { RedemptionRow } from '../invites/list-redemptions.ts';
import { queryRows, takeRows } from '../aws/query-rows.ts';
import type { TableName } from '../deployment/tables.ts';
import { transact, type Write } from '../aws/transaction.ts';
import { emailKey, userKey, usernameKey } from '../aws/user-keys.ts';
import { oneAdminLess } from '../users/claims.ts';

/** Tables with one row for each user under the user's id, which goes in the same transaction. */
const belongings = ['credentials', 'quotas'] as const satisfies readonly TableName[];

/** Why a user was not deleted. */
export type Obstacle = 'last_admin' | 'conflict';

/** Deletes users. */
export const deleteUsers = capability(
  'users',
  [
    onTable('users', 'GetItem', 'UpdateItem', 'DeleteItem'),
    onTable('invites', 'Query', 'PutItem', 'DeleteItem'),
    onTable('keys', 'Query', 'DeleteItem'),
    ...belongings.map((table) => onTable(table, 'DeleteItem')),
    onTable('audit', 'PutItem'),
  ],
  (config) => ({
    /**
     * Deletes the user as it was read with all API keys, frees address and name, and takes them out of the redemption. Without the
     * user's row no session or access token holds, nobody signs in, and no invite that the user has sent lets
     * anybody in: each of these reads or conditions on the row.
     * @returns undefined when the user is gone, by this or an earlier try; else what was in the way.
     */
    async delete(user: User, address: string, now: number): Promise<Obstacle | undefined> {
      const refused = await transact<string>({
        ...userWrites(config, user),
        ...(await redemptionWrites(config, user)),
        ...(await keyWrites(config, user)),
        ...Object.fromEntries(
          belongings.map((table) => [
            table,
            { Delete: { TableName: config.table(table), Key: { userId: user.id } } },
          ]),
        ),
        audit: auditWrite(config, {
          action: 'user.delete',
          outcome: 'done',
          actorId: user.id,
          subjectId: user.id,
          address,
          at: now,
        }),
      });
      if (refused.length === 0) return undefined;
      if (refused.length === 1 && refused[0] === 'admins') return 'last_admin';
      const { Item } = await documents.send(
        new GetCommand({ TableName: config.table('users'), Key: userKey(user.id), ConsistentRead: true }),
      );
      return Item ? 'conflict' : undefined;
    },
  }),
);

function userWrites(config: Config, user: User): Record<string, Write | undefined> {
  const { id, email, username, role, epoch } = user;
  const TableName = config.table('users');
  const release = (Key: { pk: string }): Write => ({
    Delete: {
      TableName,
      Key,
      ConditionExpression: 'attribute_not_exists(pk) OR userId = :id',
      ExpressionAttributeValues: { ':id': id },
    },
  });
  return {
    user: {
      Delete: {
        TableName,
        Key: userKey(id),
        // Nobody who was disabled, or whose sessions ended, and no address or name but these.
        ConditionExpression: `#status = :active AND epoch = :epoch AND #role = :role AND username = :username
          AND ${email === undefined ? 'attribute_not_exists(email)' : 'email = :email'}`,
        ExpressionAttributeNames: { '#status': 'status', '#role': 'role' },
        ExpressionAttributeValues: {
          ':active': 'active',
          ':epoch': epoch,
          ':role': role,
          ':username': username,
          ...(email !== undefined && { ':email': email }),
        },
      },
    },
    email: email === undefined ? undefined : release(emailKey(email)),
    username: release(usernameKey(username)),
    admins: role === 'admin' ? oneAdminLess(TableName) : undefined,
  };
}

/**
 * The redemption that made the user stays, so that it is seen that and when the invite was used; its address and
 * name go. Whoever had the address can redeem anew.
 */
async function redemptionWrites(config: Config, user: User): Promise<Record<string, Write>> {
  const TableName = config.table('invites');
  const mine = queryRows<RedemptionRow & { pk: string; sk: string; ttl?: number }>({
    TableName,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :redemption)',
    FilterExpression: 'userId = :id',
    ExpressionAttributeValues: {
      ':pk': inviteKey(user.inviteId).pk,
      ':redemption': redemptionPrefix,
      ':id': user.id,
    },
    ConsistentRead: true,
  });
  const [row] = (await takeRows(mine, 1)).items;
  const former = redemptionKey(user.inviteId, formerPerson(user.id));
  // None where the door was open; done already where somebody deletes twice at once.
  if (!row || row.sk === former.sk) return {};
  const { pk, sk, username: _, ...kept } = row;
  return {
    redemption: { Delete: { TableName, Key: { pk, sk } } },
    formerRedemption: { Put: { TableName, Item: { ...kept, ...former } } },
  };
}

/** The user's API keys. One that is put at this very moment is among what is erased afterwards. */
async function keyWrites(config: Config, { id }: User): Promise<Record<string, Write>> {
  const TableName = config.table('keys');
  const { items } = await takeRows(
    queryRows<{ userId: string; service: string }>({
      TableName,
      KeyConditionExpression: 'userId = :user',
      ExpressionAttributeNames: { '#service': 'service' },
      ExpressionAttributeValues: { ':user': id },
      ProjectionExpression: 'userId, #service',
      ConsistentRead: true,
    }),
  );
  return Object.fromEntries(items.map((Key) => [`key ${Key.service}`, { Delete: { TableName, Key } }]));
}
