import { adminCountKey, userKey, userRow } from '#shared/users/user-rows.ts';
import { countsAsAdmin, type User } from '#shared/users/user.ts';
import { counted, done, type Facts, type Restored, type Row, type Rows } from '../rule.ts';
import { claimsOf } from './claims.ts';
import { hasClaims, mergeUser, signedOut } from './user.ts';

const prefix = userKey('').pk;

const asUser = (row: object): User => row as User;

const usersIn = (rows: Rows): Map<string, User> =>
  new Map(
    [...rows.values()]
      .filter(({ pk }) => String(pk).startsWith(prefix))
      .map(({ pk: _, listing: _listing, ...user }) => [String(user['id']), asUser(user)]),
  );

/**
 * People as they were then, and people who came since. Everyone is signed out. A user who was disabled or demoted since stays
 * so, and a user who has deleted the account since stays away. An address, name or device that was taken or given up since stays
 * so.
 */
export function users(then: Rows, now: Rows, facts: Facts): Restored {
  const [before, present] = [usersIn(then), usersIn(now)];
  const deleted = new Set(done(facts, 'user.delete').map(({ subjectId }) => subjectId));
  const isWhole = hasClaims(now);
  const merged = [...present.values()]
    .filter(({ id }) => !deleted.has(id))
    .map((user) => {
      const was = before.get(user.id);
      return was ? mergeUser(was, user, isWhole(user)) : user;
    });
  const lost = [...before.values()].filter(({ id }) => !present.has(id));
  const back = lost.filter(({ id }) => !deleted.has(id));
  const all = [...merged, ...back].map((user) =>
    signedOut(user, present.get(user.id), facts.epochs.get(user.id)),
  );
  const { rows: claims, refused } = claimsOf(all);
  const people = all.filter(({ id }) => !refused.includes(id));
  const administrators = people.filter(countsAsAdmin).length;
  const rows: (Row & { pk: string })[] = [
    ...people.map((user) => ({ ...userRow(user) })),
    ...(claims as (Row & { pk: string })[]),
    { ...adminCountKey, members: administrators },
  ];
  const was = (user: User): User | undefined => before.get(user.id);
  return {
    rows: new Map(rows.map((row) => [row.pk, row])),
    told: [
      ...counted(
        [merged.filter(was).length, 'People as they were then, under their present address, name and device'],
        [merged.length - merged.filter(was).length, 'People who were not there then, and stay'],
        [back.length, 'Lost people who come back'],
        [lost.length - back.length, 'Lost people who stay away, as they have deleted their account since'],
        [
          merged.filter((user) => user.status !== 'active' && was(user)?.status === 'active').length,
          'People who stay disabled, and were not then',
        ],
        [
          merged.filter((user) => user.role !== 'admin' && was(user)?.role === 'admin').length,
          'People who stay without the administrator’s role that they had then',
        ],
      ),
      ...(refused.length > 0
        ? [`Left out, as somebody else has their name or address by now: ${refused.join(', ')}.`]
        : []),
      ...(administrators === 0
        ? ['Nobody is an administrator: latchkey bootstrap prints an invite for the first one.']
        : []),
      'Everybody has to sign in again.',
    ],
  };
}
