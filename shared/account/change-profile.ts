import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from '../aws/dynamodb.ts';
import { capability, onTable } from '../deployment/capability.ts';
import type { Config } from '../deployment/config.ts';
import type { User } from '../users/user.ts';
import { Failure } from '../errors/failure.ts';
import { auditWrite } from '../audit/write-audit.ts';
import { transact, type Write } from '../aws/transaction.ts';
import { userKey, usernameKey } from '../aws/user-keys.ts';

/** What users say of themselves; what is absent stays as it is. */
export type Profile = {
  [Field in 'username' | 'firstName' | 'lastName' | 'locale']?: User[Field] | undefined;
};

/** How often a user may be found to have another name by now than was read. */
const turns = 4;

/** Changes what users say of themselves. */
export const changeProfiles = capability(
  'profiles',
  [onTable('users', 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'), onTable('audit', 'PutItem')],
  (config) => ({
    /**
     * The user as changed; undefined when the user was disabled or deleted in the same moment. A repeat changes
     * nothing more.
     * @throws Failure `busy` when the name does not come to rest.
     */
    async change(
      user: User,
      profile: Profile,
      address: string,
      now: number,
    ): Promise<User | 'username_taken' | undefined> {
      const Key = userKey(user.id);
      let current: User | undefined = user;
      for (let turn = 0; turn < turns; turn += 1) {
        const refused = await transact({
          user: profileWrite(config, current, profile),
          ...nameWrites(config, current, profile.username),
          audit: auditWrite(config, {
            action: 'user.update',
            outcome: 'done',
            actorId: user.id,
            subjectId: user.id,
            address,
            at: now,
          }),
        });
        if (refused.length === 0) return { ...current, ...given(profile) };
        if (!refused.includes('user')) return 'username_taken';
        const { Item } = await documents.send(
          new GetCommand({ TableName: config.table('users'), Key, ConsistentRead: true }),
        );
        current = Item as User | undefined;
        if (current?.status !== 'active') return undefined;
      }
      throw new Failure('busy');
    },
  }),
);

const given = (profile: Profile) =>
  Object.fromEntries(Object.entries(profile).filter(([, value]) => value !== undefined)) as Partial<User>;

/** The new values, on the condition that the name is the one whose claim moves with it. */
function profileWrite(config: Config, { id, username }: User, profile: Profile): Write {
  const fields = Object.entries(given(profile));
  return {
    Update: {
      TableName: config.table('users'),
      Key: userKey(id),
      UpdateExpression: `SET ${fields.map(([name]) => `#${name} = :${name}`).join(', ')}`,
      ConditionExpression: '#username = :before AND #status = :active',
      ExpressionAttributeNames: {
        '#username': 'username',
        '#status': 'status',
        ...Object.fromEntries(fields.map(([name]) => [`#${name}`, name])),
      },
      ExpressionAttributeValues: {
        ':before': username,
        ':active': 'active',
        ...Object.fromEntries(fields.map(([name, value]) => [`:${name}`, value])),
      },
    },
  };
}

/** Moves the claim on the name; nothing where the name stays. */
function nameWrites(config: Config, { id, username }: User, wanted = username): Record<string, Write> {
  if (wanted === username) return {};
  const TableName = config.table('users');
  return {
    oldName: {
      Delete: {
        TableName,
        Key: usernameKey(username),
        ConditionExpression: 'userId = :id',
        ExpressionAttributeValues: { ':id': id },
      },
    },
    newName: {
      Put: {
        TableName,
        Item: { ...usernameKey(wanted), userId: id },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
  };
}
