import { beforeAll, beforeEach, expect, test } from 'vitest';
import { sendEvent } from '../harness/stack/events.ts';
import { useStack } from '../harness/stack/stack.ts';
import { send } from '../harness/http/http.ts';
import { signIn } from '../harness/people/accounts.ts';
import { changeUser, pageOf, pagesOf, type ShownEntry } from '../harness/people/managing.ts';
import { firstAdmin, openInvite, register, type SignedIn } from '../harness/people/people.ts';
import { daySeconds } from '../harness/stack/time.ts';

const stack = useStack('smallAccount');
const path = '/v1/admin/audit';
let admin: SignedIn;
let user: SignedIn;
/** Noon, so that no test runs over midnight. */
const noon = daySeconds / 2 - ((Date.now() / 1_000) % daySeconds);
const daysAgo = (days: number) => (stack().clock.offsetSeconds = noon - days * daySeconds);
const dayAgo = (days: number) =>
  new Date((Date.now() / 1_000 + noon - days * daySeconds) * 1_000).toISOString().slice(0, 10);

/** Entries on four days. Two of the days lie weeks before the others. */
beforeAll(async () => {
  daysAgo(50);
  admin = await firstAdmin(stack());
  user = await register(stack(), await openInvite(stack(), admin));
  daysAgo(40);
  for (let tries = 0; tries < 5; tries += 1) await signIn(stack(), user.user.username, 'wrong password');
  daysAgo(1);
  await changeUser(stack(), admin, user.user.id, { limits: { invites: 1 } });
  await changeUser(stack(), admin, user.user.id, { role: 'admin' });
  daysAgo(0);
  await changeUser(stack(), admin, user.user.id, { role: 'general' });
  for (let times = 0; times < 3; times += 1) await signIn(stack(), user.user.username);
});

beforeEach(() => void daysAgo(0));

type Query = Readonly<Record<string, string>>;
const all = async (query: Query = {}) => (await pagesOf<ShownEntry>(stack(), admin, path, query)).flat();
const told = (entries: readonly ShownEntry[]) =>
  entries.map(({ action, outcome }) => (outcome === 'done' ? action : `${action} ${outcome}`));

test('200: names people as they are called now, who did it and to whom', async () => {
  const [entry] = await all({ subjectId: user.user.id, action: 'user.demote' });
  expect(entry).toMatchObject({ actorName: admin.user.username, subjectName: user.user.username });
});

const everything = [
  ...Array.from({ length: 3 }, () => 'session.create'),
  'user.demote',
  'user.promote',
  'user.limit',
  ...Array.from({ length: 5 }, () => 'session.create refused'),
  'registration',
  'invite.create',
  'registration',
  'admin.bootstrap',
];

test('200 R4.9: says who signed in, and nothing that is secret', async () => {
  const { token } = admin.session;
  const answer = await sendEvent<{ items: ShownEntry[]; nextCursor: string | null }>(
    stack(),
    'admin-audit-list',
    { token },
  );
  expect(answer.status).toBe(200);
  expect(told(answer.json.items)).toEqual(Array.from({ length: 3 }, () => 'session.create'));
  expect(answer.json.items[0]).toEqual({
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
    action: 'session.create',
    outcome: 'done',
    actorId: user.user.id,
    actorName: user.user.username,
    subjectId: null,
    subjectName: null,
    address: expect.any(String) as string,
    login: null,
    reason: null,
    service: null,
    call: null,
    app: null,
  });
});

test(
  '200: newest first, over days on which nothing happened, in pages of any size',
  { tags: 'engine' },
  async () => {
    for (const limit of ['2', '4', '100']) {
      const pages = await pagesOf<ShownEntry>(stack(), admin, path, { limit });
      const entries = pages.flat();
      expect(told(entries)).toEqual(everything);
      expect(entries.map(({ at }) => at)).toEqual(
        entries
          .map(({ at }) => at)
          .toSorted()
          .toReversed(),
      );
      for (const page of pages) expect(page.length).toBeLessThanOrEqual(Number(limit));
    }
  },
);

test('200: one request looks through a month at most and says where to go on', async () => {
  stack().clearCalls();
  const first = await pageOf<ShownEntry>(stack(), admin, path, { action: 'admin.bootstrap' });
  expect(first.json).toMatchObject({ items: [], nextCursor: expect.any(String) as string });
  expect(
    stack()
      .calls()
      .filter((call) => call.function === 'admin-audit-list' && call.action === 'Query').length,
  ).toBeLessThanOrEqual(31 * 4);
  expect(told(await all({ action: 'admin.bootstrap' }))).toEqual(['admin.bootstrap']);
});

test('200: the entries of one day, and of no other', async () => {
  expect(told(await all({ day: dayAgo(1), limit: '1' }))).toEqual(['user.promote', 'user.limit']);
  expect(await pageOf(stack(), admin, path, { day: dayAgo(20) })).toMatchObject({
    status: 200,
    json: { items: [], nextCursor: null },
  });
});

test('200: what somebody did, what was done to them, what was refused', async () => {
  const { id } = user.user;
  const mine = ['session.create', 'session.create', 'session.create', 'registration'];
  expect(told(await all({ userId: id, limit: '2' }))).toEqual(mine);
  const done = ['user.demote', 'user.promote', 'user.limit'];
  const refused = Array.from({ length: 5 }, () => 'session.create refused');
  for (const limit of ['1', '3', '100']) {
    expect(told(await all({ subjectId: id, limit }))).toEqual([...done, ...refused]);
  }
  expect(told(await all({ subjectId: id, day: dayAgo(1) }))).toEqual(['user.promote', 'user.limit']);
  expect(told(await all({ subjectId: id, userId: admin.user.id, limit: '1' }))).toEqual(done);
  expect(told(await all({ subjectId: id, action: 'user.limit' }))).toEqual(['user.limit']);
  expect(told(await all({ outcome: 'refused', limit: '2' }))).toEqual(refused);
  expect(await all({ userId: 'nobody' })).toEqual([]);
});

test('200: a page is not moved by what happens after it', { tags: 'engine' }, async () => {
  const { json } = await pageOf<ShownEntry>(stack(), admin, path, { limit: '3', subjectId: user.user.id });
  await changeUser(stack(), admin, user.user.id, { limits: { invites: 9 } });
  const next = await all({ limit: '3', subjectId: user.user.id, cursor: json.nextCursor! });
  expect(told(next)).toEqual(Array.from({ length: 5 }, () => 'session.create refused'));
});

test('200: what is older than the trail is kept is not looked for', async () => {
  daysAgo(-70);
  for (const query of [{}, { userId: user.user.id }, { subjectId: user.user.id }, { day: dayAgo(1) }])
    expect(await all(query), JSON.stringify(query)).toEqual([]);
});

const forged = (before: unknown) => Buffer.from(JSON.stringify({ before })).toString('base64url');
test.each([
  'day=yesterday',
  'day=2026-02-30',
  'day=',
  'action=user.frobnicate',
  'outcome=maybe',
  'userId=',
  `subjectId=${'i'.repeat(65)}`,
  'format=xml',
  'limit=0',
  `cursor=${forged('2026-13-01')}`,
  `cursor=${forged('')}`,
  `cursor=${forged('+010000-01-01')}`,
  `cursor=${forged('0000-01-01')}`,
  `cursor=${forged(1)}`,
])('422 C6: refuses %s', async (query) => {
  const answer = await send(stack(), 'GET', `${path}?${query}`, { token: admin.session.token });
  expect(answer).toMatchObject({ status: 422, json: { code: 'invalid' } });
});

test.each(['9999-12-31', '1970-01-01', '9999-12-31T00:00:00.000Z#x'])(
  '200, never 5xx: a cursor that was made up, before %s',
  async (before) => {
    for (const query of [
      {},
      { userId: user.user.id },
      { day: dayAgo(1) },
      { subjectId: 'x', day: dayAgo(1) },
    ]) {
      const answer = await pageOf(stack(), admin, path, { ...query, cursor: forged(before) });
      expect(answer.status).toBe(200);
    }
  },
);

test('200: reads by keys and indexes, never by a scan', { tags: 'engine' }, async () => {
  for (const query of [{}, { userId: 'x' }, { subjectId: 'x' }, { day: dayAgo(1) }]) {
    await pageOf(stack(), admin, path, query);
  }
  expect(
    stack()
      .calls()
      .map(({ action }) => action),
  ).not.toContain('Scan');
});

test('401 403 C50: only administrators read the trail', async () => {
  expect((await send(stack(), 'GET', path)).json.code).toBe('unauthenticated');
  const guest = await register(stack(), await openInvite(stack(), admin));
  for (const query of [{}, { userId: guest.user.id }, { format: 'csv' }] as Query[]) {
    expect(await pageOf(stack(), guest, path, query)).toMatchObject({
      status: 403,
      json: { code: 'forbidden' },
    });
  }
});
