import { expect, test } from 'vitest';
import { keyOf, type Facts, type Row, type Rows, type Rule } from '../../cli/restore/rule.ts';
import { rules } from '../../cli/restore/rules.ts';
import type { TableName } from '#shared/deployment/tables.ts';
import { tables, type Table } from '#shared/deployment/tables.ts';

const at = 1_000;

/** The rows of a restored table. Also expects that the rule changes nothing when it is applied to them again. */
function restored(table: TableName, then: Row[], now: Row[], facts: Partial<Facts> = {}): Row[] {
  const { partition, sort = {} }: Table = tables[table];
  const attributes = [...Object.keys(partition), ...Object.keys(sort)];
  const rowsOf = (rows: Row[]): Rows => new Map(rows.map((row) => [keyOf(row, attributes), row]));
  const rule = rules[table] as Rule;
  const all: Facts = { trail: [], people: new Set(), epochs: new Map(), ...facts };
  const first = rule(rowsOf(then), rowsOf(now), all).rows;
  const again = rule(first, rowsOf(now), all).rows;
  expect([...again.values()].map(whole)).toEqual([...first.values()].map(whole));
  return [...first.values()].map(whole);
}
const whole = (row: Row): Row => JSON.parse(JSON.stringify(row)) as Row;

const did = (action: string, subjectId: string, more: object = {}) =>
  ({ action, outcome: 'done', subjectId, at: at + 1, ...more }) as Facts['trail'][number];

/** A user with the user's claims. */
function person(id: string, more: Row = {}): Row[] {
  const user = {
    id,
    username: id,
    email: `${id}@example.com`,
    emailVerified: true,
    role: 'general',
    status: 'active',
    epoch: 0,
    createdAt: 1,
    inviteId: 'i',
    ...more,
  };
  return [
    { pk: `user#${id}`, listing: 'user', ...user },
    { pk: `username#${user.username}`, userId: id },
    { pk: `email#${user.email}`, userId: id, verified: user.emailVerified },
  ];
}
const one = (rows: Row[], pk: string): Row | undefined => rows.find((row) => row['pk'] === pk);

test('R8.3: every session that there is has another epoch than its user, however high it was', () => {
  const facts = {
    epochs: new Map([
      ['kim', 7],
      ['pat', 4],
    ]),
  };
  const rows = restored(
    'users',
    [...person('kim', { epoch: 2 }), ...person('pat', { epoch: 4 })],
    person('kim', { epoch: 3 }),
    facts,
  );
  expect(one(rows, 'user#kim')).toMatchObject({ epoch: 8 });
  expect(one(rows, 'user#pat')).toMatchObject({ epoch: 5 });
});

test('R8.3: nobody gets back rights, an address, a name or a device that they have lost since', () => {
  const was = person('kim', { role: 'admin', device: 'stolen', firstName: 'Kim', grantsFrom: 3 });
  const is = person('kim', {
    username: 'kimiko',
    email: 'new@example.com',
    device: 'safe',
    firstName: '',
    grantsFrom: 9,
  });
  const rows = restored('users', was, is);
  expect(one(rows, 'user#kim')).toMatchObject({
    role: 'general',
    username: 'kimiko',
    email: 'new@example.com',
    device: 'safe',
    firstName: 'Kim',
    grantsFrom: 9,
  });
  expect(rows.map(({ pk }) => pk).toSorted()).toEqual([
    'admins',
    'email#new@example.com',
    'user#kim',
    'username#kimiko',
  ]);
});

test('R8.3 C25: what is void or used up since stays so: grants, known devices, the tries before a lock ended, invites sent', () => {
  const since = { grantsFrom: 9, devicesFrom: 8, lockEpoch: 7, invitesSent: 6 };
  const earlier = { grantsFrom: 4, devicesFrom: 3, lockEpoch: 2, invitesSent: 1 };
  for (const [then, now] of [
    [earlier, since],
    [{}, since],
    [since, earlier],
    [since, {}],
  ])
    expect(one(restored('users', person('kim', then), person('kim', now)), 'user#kim')).toMatchObject(since);
});

test('R8.3: a row that is damaged, which its claims tell, is as it was', () => {
  const [, ...claims] = person('kim');
  const [damaged] = person('kim', { username: '', email: 'x' });
  expect(restored('users', person('kim'), [damaged!, ...claims])).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ pk: 'user#kim', username: 'kim', email: 'kim@example.com' }),
      ...claims,
    ]),
  );
});

test('R8.3: who is lost comes back, unless they have deleted the account or their name is another’s', () => {
  const was = [
    ...person('lost'),
    ...person('gone'),
    ...person('late', { username: 'kim', email: 'late@example.com' }),
  ];
  const rows = restored('users', was, person('kim'), { trail: [did('user.delete', 'gone')] });
  const users = rows.filter(({ listing }) => listing === 'user').map(({ id }) => id);
  expect(users.toSorted()).toEqual(['kim', 'lost']);
});

test('R8.3: administrators are counted anew', () => {
  const rows = restored(
    'users',
    [...person('a', { role: 'admin' }), ...person('b', { role: 'admin' })],
    [
      ...person('a', { role: 'admin' }),
      ...person('b', { role: 'admin', status: 'disabled' }),
      { pk: 'admins', members: 77 },
    ],
  );
  expect(one(rows, 'admins')).toEqual({ pk: 'admins', members: 1 });
});

const invite = (id: string, more: Row = {}): Row => ({
  pk: `invite#${id}`,
  sk: 'record',
  listing: 'invite',
  id,
  kind: 'email',
  email: `${id}@example.com`,
  state: 'active',
  role: 'general',
  maxUses: 1,
  uses: 0,
  generation: 0,
  ...more,
});
const claim = (id: string): Row => ({ pk: `email#${id}@example.com`, sk: 'open', inviteId: id });

test('R8.3: an invite that was used, withdrawn, given a new link or deleted since lets in nobody by the link of then', () => {
  const ids = ['used', 'withdrawn', 'renewed', 'deleted', 'open'];
  const then = ids.flatMap((id) => [invite(id, { note: 'then' }), claim(id)]);
  const now = [
    invite('used', { state: 'used', uses: 1, usedBy: 'kim' }),
    invite('withdrawn', { state: 'revoked' }),
    invite('renewed', { generation: 1, note: 'now' }),
    claim('renewed'),
    invite('open', { note: 'a mistake' }),
    claim('open'),
  ];
  const people = new Set(['kim']);
  const rows = restored('invites', then, now, { people, trail: [did('invite.delete', 'deleted')] });
  expect(rows.filter(({ sk }) => sk === 'record')).toEqual([
    expect.objectContaining({ id: 'used', state: 'used', uses: 1, usedBy: 'kim', note: 'then' }),
    expect.objectContaining({ id: 'withdrawn', state: 'revoked' }),
    expect.objectContaining({ id: 'renewed', generation: 1, note: 'now' }),
    expect.objectContaining({ id: 'open', state: 'active', note: 'then' }),
  ]);
  expect(rows.filter(({ sk }) => sk === 'open')).toEqual([claim('renewed'), claim('open')]);
});

const statesOf = (rows: Row[]) => rows.map(({ id, state, uses }) => [id, state, uses]);

test.each([
  ['registration', 'used', 1],
  ['device.move', 'used', 1],
  ['invite.reissue', 'revoked', 0],
  ['invite.revoke', 'revoked', 0],
])('R8.3 C96: an invite that is lost comes back ended where the trail has %s', (action, state, uses) => {
  const then = [invite('this'), invite('open')];
  expect(statesOf(restored('invites', then, [], { trail: [did(action, 'this')] }))).toEqual([
    ['this', state, uses],
    ['open', 'active', 0],
  ]);
});

test('R8.3: of an invite that is lost, the trail tells whether it was used or ended since', () => {
  const ids = ['used', 'shared', 'ended', 'open'];
  const then = ids.map((id) => invite(id, id === 'shared' ? { maxUses: 5, uses: 2 } : {}));
  const trail = [did('registration', 'used'), did('registration', 'shared'), did('invite.reissue', 'ended')];
  const states = statesOf(restored('invites', then, [], { trail }));
  expect(states).toEqual([
    ['used', 'used', 1],
    ['shared', 'revoked', 2],
    ['ended', 'revoked', 0],
    ['open', 'active', 0],
  ]);
});

test('R8.3: who has gone is not named again as the user of an invite', () => {
  const redemption = (person: string, more: Row) => ({ pk: 'invite#i', sk: `redemption#${person}`, ...more });
  const then = [
    redemption('kim@example.com', { userId: 'kim', username: 'kim' }),
    redemption('gone@example.com', { userId: 'gone', username: 'gone', device: 'Safari on iPhone' }),
    redemption('lost@example.com', { userId: 'lost', username: 'lost', device: 'Chrome on Windows' }),
  ];
  const now = [redemption('former:kim', { userId: 'kim' })];
  const rows = restored('invites', then, now, { people: new Set(['lost']) });
  expect(rows).toEqual([now[0], redemption('former:gone', { userId: 'gone' }), then[2]]);
});

test('R8.3: an invite that comes back has the address of its guest and the name of its sender only while they are there', () => {
  const people = new Set(['kim', 'ina']);
  const used = { state: 'used', uses: 1 };
  const then = [
    invite('kept', { ...used, usedBy: 'kim', issuerId: 'ina', issuerName: 'Ina' }),
    invite('left', { ...used, usedBy: 'gone', issuerId: 'ina', issuerName: 'Ina' }),
    invite('since', { issuerId: 'ina', issuerName: 'Ina' }),
    invite('domain', { kind: 'domain', email: '*@example.com', ...used, usedBy: 'gone' }),
    invite('sent', { issuerId: 'gone', issuerName: 'Gone' }),
    invite('spoilt', { issuerId: 'ina', issuerName: 'Ina' }),
  ];
  const { email: _, ...left } = invite('left', {
    ...used,
    usedBy: 'gone',
    issuerId: 'ina',
    issuerName: 'Ina',
  });
  const { email: __, ...since } = invite('since', {
    ...used,
    usedBy: 'gone',
    issuerId: 'ina',
    issuerName: 'Ina',
  });
  const { email: ___, ...spoilt } = invite('spoilt', { issuerId: 'ina' });
  const now = [then[0]!, left, since, then[3]!, invite('sent', { issuerId: 'gone' }), spoilt];
  const named = (rows: Row[]) => rows.map(({ id, email, issuerName }) => [id, email, issuerName]);
  const those = [
    ['kept', 'kept@example.com', 'Ina'],
    ['left', undefined, 'Ina'],
    ['since', undefined, 'Ina'],
    ['domain', '*@example.com', undefined],
    ['sent', 'sent@example.com', undefined],
    ['spoilt', 'spoilt@example.com', 'Ina'],
  ];
  expect(named(restored('invites', then, now, { people }))).toEqual(those);
  // The audit trail tells who used the invites whose rows are lost.
  const trail = [did('registration', 'since', { actorId: 'gone' })];
  expect(named(restored('invites', then, [], { people, trail }))).toEqual(those);
});

test('R8.3: an invite that is over since waits for no mail, and one that is open still does', () => {
  const then = ['open', 'over'].map((id) => invite(id, { delivery: 'pending' }));
  const now = [invite('open', {}), invite('over', { state: 'revoked' })];
  const waiting = restored('invites', then, now).map(({ id, delivery }) => [id, delivery]);
  expect(waiting).toEqual([
    ['open', 'pending'],
    ['over', undefined],
  ]);
});

test('R8.3: what was written about the only guest of an invite comes back only while they are there', () => {
  const people = new Set(['kim']);
  const used = { state: 'used', uses: 1, note: 'Blue kimono', message: 'Welcome' };
  const domain = { kind: 'domain', email: '*@example.com' };
  const then = [
    invite('kept', { ...used, usedBy: 'kim' }),
    invite('left', { ...used, usedBy: 'gone' }),
    invite('domain', { ...domain, ...used, usedBy: 'gone' }),
  ];
  const { note: _, message: __, email: ___, ...left } = then[1]!;
  const { note: ____, message: _____, ...ofDomain } = then[2]!;
  const notes = (rows: Row[]) => rows.map(({ id, note, message }) => [id, note, message]);
  const those = [
    ['kept', 'Blue kimono', 'Welcome'],
    ['left', undefined, undefined],
    ['domain', undefined, undefined],
  ];
  expect(notes(restored('invites', then, [then[0]!, left, ofDomain], { people }))).toEqual(those);
  expect(notes(restored('invites', then, [], { people }))).toEqual(those);
});

test('R8.3: passwords and API keys that were changed, deleted or left behind since stay so', () => {
  const people = new Set(['kim', 'lee', 'pat', 'lost']);
  const hash = (userId: string, text: string) => ({ userId, hash: text });
  const then = ['kim', 'lee', 'lost', 'gone'].map((id) => hash(id, 'then'));
  const trail = [did('password.reset', 'x', { subjectId: undefined, actorId: 'kim' })];
  expect(
    restored('credentials', then, [hash('kim', 'new'), hash('lee', 'broken'), hash('pat', 'new')], {
      people,
      trail,
    }),
  ).toEqual([hash('kim', 'new'), hash('lee', 'then'), hash('pat', 'new'), hash('lost', 'then')]);
  const key = (userId: string, service: string, last4: string) => ({ userId, service, last4 });
  const keysThen = [
    key('kim', 'claude', 'then'),
    key('kim', 'chatgpt', 'then'),
    key('lost', 'claude', 'then'),
  ];
  const keyTrail = [did('key.delete', 'kim', { actorId: 'kim', service: 'claude' })];
  expect(restored('keys', keysThen, [], { people, trail: keyTrail })).toEqual(keysThen.slice(1));
});

test.each(['password.update', 'password.reset'])(
  'R8.3: a password that was changed by %s since does not come back as it was',
  (action) => {
    const hash = (userId: string, text: string) => ({ userId, hash: text });
    const people = new Set(['kim', 'lost', 'lee']);
    const trail = ['kim', 'lost'].map((actorId) => did(action, '', { subjectId: undefined, actorId }));
    const then = [hash('kim', 'then'), hash('lost', 'then'), hash('lee', 'then')];
    const now = [hash('kim', 'new'), hash('lee', 'broken')];
    expect(restored('credentials', then, now, { people, trail })).toEqual([
      hash('kim', 'new'),
      hash('lee', 'then'),
    ]);
  },
);

test.each(['key.put', 'key.update', 'key.delete'])(
  'R8.3 C55: of an API key that met %s since, none of then comes back',
  (action) => {
    const key = (service: string, last4: string) => ({ userId: 'kim', service, last4 });
    const then = [key('claude', 'then'), key('chatgpt', 'then')];
    const now = [key('claude', 'new'), key('chatgpt', 'broken')];
    const facts = {
      people: new Set(['kim']),
      trail: [did(action, 'kim', { actorId: 'kim', service: 'claude' })],
    };
    expect(restored('keys', then, now, facts)).toEqual([key('claude', 'new'), key('chatgpt', 'then')]);
    expect(restored('keys', then, [], facts)).toEqual([key('chatgpt', 'then')]);
  },
);

test('R8.3: spent refresh tokens, used limits and owed mails do not come back; secrets of apps, suppressions and the trail do', () => {
  const people = new Set(['kim']);
  const grants = [
    { userId: 'kim', id: 'grant' },
    { userId: 'kim', id: 'app#portal' },
    { userId: 'app#portal', id: 'secret', generation: 2 },
  ];
  expect(restored('grants', grants, [], { people })).toEqual(grants.slice(1));
  const quota = (calls: number) => ({ userId: 'kim', calls });
  expect(restored('quotas', [quota(1)], [quota(9)], { people })).toEqual([quota(9)]);
  const mails = [{ id: 'a', state: 'pending' }, { id: 'suppressed#a@example.com' }];
  expect(restored('mails', mails, [])).toEqual([mails[1]]);
  const line = (sk: string, action: string) => ({ pk: 'day', sk, action });
  expect(restored('audit', [line('1', 'x')], [line('1', 'tampered'), line('2', 'y')])).toEqual([
    line('1', 'x'),
    line('2', 'y'),
  ]);
});
