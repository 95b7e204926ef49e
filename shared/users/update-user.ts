import type { Config } from '../deployment/config.ts';
import type { User } from './user.ts';
import type { Write } from '../aws/transaction.ts';
import { setFields, type UpdatePart } from '../aws/update.ts';
import { userWrite } from './user-writes.ts';

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

/** The condition that a field is as it was read. */
const isAsRead = (user: User, name: keyof User): UpdatePart => ({
  when: user[name] === undefined ? `attribute_not_exists(#${name})` : `#${name} = :was_${name}`,
  names: { [`#${name}`]: name },
  values: { [`:was_${name}`]: user[name] },
});

/** Sets `fields` on the user as it was read: these fields and the decisive ones must be unchanged since. */
export function userUpdate(config: Config, user: User, fields: UserFields): Write | undefined {
  const names = Object.keys(fields) as (keyof User)[];
  if (names.length === 0) return undefined;
  const watched = [...new Set([...decisive, ...names])].map((name) => isAsRead(user, name));
  return userWrite(config, user.id, setFields(fields), { when: 'attribute_exists(pk)' }, ...watched);
}
