import type { Config } from '../deployment/config.ts';
import type { User } from './user.ts';
import type { Write } from '../aws/transaction.ts';
import { userRef } from './user-rows.ts';

/** Fields with their new values; undefined removes a field. */
export type UserFields = {
  [Name in keyof User]?: User[Name] | undefined;
};

/** The fields that every change of a user by an administrator depends on. */
const decisive = [
  'role',
  'status',
  'epoch',
  'email',
  'emailVerified',
] as const satisfies readonly (keyof User)[];

/** Sets `fields` on the user as it was read: these fields and the decisive ones must be unchanged since. */
export function userUpdate(config: Config, user: User, fields: UserFields): Write | undefined {
  const names = Object.keys(fields) as (keyof User)[];
  if (names.length === 0) return undefined;
  const watched = [...new Set([...decisive, ...names])];
  const [set, removed] = [true, false].map((kept) =>
    names.filter((name) => (fields[name] !== undefined) === kept),
  ) as [(keyof User)[], (keyof User)[]];
  const held = watched.filter((name) => user[name] !== undefined);
  return {
    Update: {
      ...userRef(config, user.id),
      UpdateExpression: [
        ...(set.length > 0 ? [`SET ${set.map((name) => `#${name} = :${name}`).join(', ')}`] : []),
        ...(removed.length > 0 ? [`REMOVE ${removed.map((name) => `#${name}`).join(', ')}`] : []),
      ].join(' '),
      ConditionExpression: [
        'attribute_exists(pk)',
        ...watched.map((name) =>
          user[name] === undefined ? `attribute_not_exists(#${name})` : `#${name} = :was_${name}`,
        ),
      ].join(' AND '),
      ExpressionAttributeNames: Object.fromEntries(watched.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries([
        ...set.map((name) => [`:${name}`, fields[name]] as const),
        ...held.map((name) => [`:was_${name}`, user[name]] as const),
      ]),
    },
  };
}
