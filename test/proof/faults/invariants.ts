import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { countsAsAdmin, firstAdminInviteId, type User } from '#shared/users/user.ts';
import type { Invite } from '#shared/invites/invite.ts';
import type { Grant } from '#shared/apps/grant.ts';
import type { Quota } from '#shared/quotas/quota.ts';
import type { Dump } from './footprint.ts';

type Row = Record<string, unknown> & { pk?: string; sk?: string; id?: string; userId?: string };

/** The rows of all tables. */
class Store {
  readonly #tables: Map<string, Row[]>;

  constructor(dump: Dump) {
    this.#tables = new Map(
      Object.entries(dump).map(([table, rows]) => [
        table,
        rows.map((row) => unmarshall(row as Record<string, AttributeValue>) as Row),
      ]),
    );
  }

  /** The rows of a table whose partition key begins with `start`. */
  of(table: string, start = ''): Row[] {
    return (this.#tables.get(table) ?? []).filter(({ pk = '' }) => pk.startsWith(start));
  }

  users(): User[] {
    return this.of('users', 'user#') as unknown as User[];
  }

  has(table: string, wanted: Partial<Row>): boolean {
    return this.of(table).some((row) => Object.entries(wanted).every(([name, value]) => row[name] === value));
  }
}

type Finder = (store: Store) => string[];

/** Finds users without their claims, their password, or their redemption of an invite. */
const usersAreWhole: Finder = (store) =>
  store.users().flatMap(({ id, email, username, deviceOnly = false, inviteId }) => {
    const hasInvite = store.has('invites', { pk: `invite#${inviteId}`, sk: 'record' });
    const isUsed = store
      .of('invites', `invite#${inviteId}`)
      .some(({ sk = '', userId }) => sk.startsWith('redemption#') && userId === id);
    return [
      ...(email === undefined || store.has('users', { pk: `email#${email}`, userId: id }) ? [] : ['address']),
      ...(store.has('users', { pk: `username#${username}`, userId: id }) ? [] : ['username']),
      ...(deviceOnly || store.has('credentials', { userId: id }) ? [] : ['password']),
      ...(!hasInvite || isUsed ? [] : ['redemption']),
    ].map((what) => `user ${username} without ${what}`);
  });

/** Finds claims without an owner, and claims whose owner has another address or username. */
const claimsAreHeld: Finder = (store) =>
  ['email', 'username'].flatMap((kind) =>
    store.of('users', `${kind}#`).flatMap(({ pk = '', userId }) => {
      const holder = store.users().find(({ id }) => id === userId) as Record<string, unknown> | undefined;
      return pk === `${kind}#${String(holder?.[kind])}` ? [] : [`${pk} of nobody`];
    }),
  );

/** Finds rows without a user. A deleted user may leave rows that give no access, until they expire. */
const ownersAreThere: Finder = (store) =>
  ['sessions', 'keys', 'grants', 'quotas', 'credentials'].flatMap((table) =>
    store.of(table).flatMap(({ userId, codeHash, sk }) => {
      if (sk === 'secret' || (table === 'grants' && codeHash === undefined)) return [];
      const isThere = store.has('users', { pk: `user#${userId}` });
      const wasDeleted = store.has('audit', { action: 'user.delete', subjectId: userId, outcome: 'done' });
      const mayStay = wasDeleted && table !== 'credentials' && table !== 'keys';
      return isThere || mayStay ? [] : [`row of ${table} without a user`];
    }),
  );

/** Finds invites whose count of uses does not fit their redemptions, their maximum, their state or `usedBy`. */
const usesAreCounted: Finder = (store) =>
  (store.of('invites', 'invite#') as (Row & Invite)[])
    .filter(({ sk }) => sk === 'record')
    .flatMap(({ pk, uses, maxUses, state, usedBy, recovers }) => {
      const redemptions = store.of('invites', pk).filter(({ sk = '' }) => sk.startsWith('redemption#'));
      const isFirst = pk === `invite#${firstAdminInviteId}`;
      return [
        ...(uses === redemptions.length || recovers
          ? []
          : [`${uses} uses, ${redemptions.length} redemptions`]),
        ...(uses <= maxUses ? [] : [`${uses} uses of ${maxUses}`]),
        ...((state === 'used') === uses >= maxUses || state === 'revoked'
          ? []
          : [`${state} at ${uses} of ${maxUses}`]),
        ...(usedBy === undefined || uses > 0 ? [] : ['used by somebody, unused']),
      ].map((what) => `invite${isFirst ? ' of the first administrator' : ''}: ${what}`);
    });

/** Finds short codes and addresses that lead to no invite. */
const inviteClaimsLead: Finder = (store) =>
  ['code#', 'email#'].flatMap((start) =>
    store.of('invites', start).flatMap(({ pk, inviteId }) => {
      const isThere = store.has('invites', { pk: `invite#${String(inviteId)}`, sk: 'record' });
      return isThere ? [] : [`${start} row leads to no invite: ${pk}`];
    }),
  );

const keysAreWhole: Finder = (store) =>
  store.of('keys').flatMap((row) => {
    const missing = ['ciphertext', 'last4', 'expiresAt', 'createdAt'].filter(
      (name) => row[name] === undefined,
    );
    return missing.map((name) => `API key without ${name}`);
  });

const grantsAreWhole: Finder = (store) =>
  (store.of('grants') as unknown as (Grant & Row)[])
    .filter(({ id, sk }) => !String(id).startsWith('app#') && sk !== 'secret' && id !== 'secret')
    .flatMap(({ codeHash, hash, generation, usedAt }) => [
      ...(codeHash ? [] : ['grant without a code']),
      ...((hash === undefined) === (generation === undefined) ? [] : ['refresh token half there']),
      ...(hash === undefined || usedAt !== undefined ? [] : ['refresh token of a code that was not used']),
    ]);

/** Finds counts above the tries, counts that contradict each other, and too many calls under way. */
const quotasAddUp: Finder = (store) =>
  (store.of('quotas') as unknown as Quota[]).flatMap(({ requests, questions, calls, underWay }) => [
    ...(requests.used <= requests.tried && questions.used <= questions.tried ? [] : ['more used than tried']),
    ...(requests.used >= 0 && questions.used <= requests.used && requests.used <= calls
      ? []
      : ['calls that do not add up']),
    ...(Object.keys(underWay).length <= 100 ? [] : ['a map without bound']),
  ]);

const administratorsAreCounted: Finder = (store) => {
  const [row] = store.of('users', 'admins');
  const members = Number(row?.['members'] ?? 0);
  const there = store.users().filter(countsAsAdmin).length;
  return members === there ? [] : [`${there} administrators, counted as ${members}`];
};

const finders: readonly Finder[] = [
  usersAreWhole,
  claimsAreHeld,
  ownersAreThere,
  usesAreCounted,
  inviteClaimsLead,
  keysAreWhole,
  grantsAreWhole,
  quotasAddUp,
  administratorsAreCounted,
];

/** The states that no store may hold, whatever failed: something half done, or something counted wrongly. */
export const halfStates = (dump: Dump): string[] => {
  const store = new Store(dump);
  return finders.flatMap((find) => find(store));
};
