import { beforeAll, expect, test } from 'vitest';
import type { Problem } from '#shared/errors/problem.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { changeInvite, listAll, listPage, type ShownInvite } from '../harness/invites/invites.ts';
import { invite, openInvite, register, tokenOf, type InviteRow } from '../harness/people/people.ts';

const { stack, admin } = useAdmin();
const minute = 60;
const day = 24 * 60 * minute;
const rows: InviteRow[] = [];
let used: InviteRow;
let revoked: InviteRow;
let failed: InviteRow;
let shortLived: InviteRow;

/** Thirty invites, a minute apart, so that their order is known, and among them one of each status. */
beforeAll(async () => {
  stack().faults([{ kind: 'error', service: 'ses', action: 'SendEmail', times: 99 }]);
  for (let at = 0; at < 30; at += 1) {
    stack().clock.offsetSeconds = (at - 30) * minute;
    const email = `${at < 10 ? 'team' : 'guest'}.${at}@example.com`;
    const wish = at === 29 ? { expiresInDays: 1 } : { emails: [email], send: at === 28 };
    rows.push(...(await invite(stack(), admin, wish)));
  }
  await stack().settle();
  for (const minutes of [2, 10, 50, 250]) {
    stack().clock.offsetSeconds = minutes * minute;
    await stack().settle();
  }
  stack().clock.offsetSeconds = 0;
  [used, revoked, failed, shortLived] = [rows[3]!, rows[4]!, rows[28]!, rows[29]!];
  await register(stack(), tokenOf(used.url), {
    email: used.email,
    username: 'used',
    password: 'long enough',
  });
  await changeInvite(stack(), admin, revoked.id, 'revoke');
});

const list = (query: Record<string, string>) => listAll(stack(), admin, query);
const ids = (invites: readonly { id: string }[]) => invites.map(({ id }) => id).sort();
const without = (...gone: InviteRow[]) => rows.filter((row) => !gone.includes(row));

test('200 R0.7: lists open invites with what an admin wants to know', async () => {
  const { token } = admin.session;
  const { status, json } = await sendEvent<{ items: ShownInvite[]; nextCursor: string | null }>(
    stack(),
    'admin-invite-list',
    { token },
  );
  expect(status).toBe(200);
  expect(json.items).toHaveLength(10);
  expect(json.nextCursor).toMatch(/^[\w-]+$/);
  for (const item of json.items) {
    expect(item).toMatchObject({ status: 'active', uses: 0, usesLeft: 1, inviter: admin.user.username });
    for (const secret of ['url', 'generation', 'issuerId']) expect(item).not.toHaveProperty(secret);
  }
});

test('200: pages of 7 hold every invite once, newest first', { tags: 'engine' }, async () => {
  const pages: number[] = [];
  const seen: ShownInvite[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const { json } = await listPage(stack(), admin, { limit: '7', ...(cursor && { cursor }) });
    pages.push(json.items.length);
    seen.push(...json.items);
    cursor = json.nextCursor;
  }
  const mine = seen.filter(({ id }) => rows.some((row) => row.id === id));
  expect(mine.map(({ id }) => id)).toEqual(rows.map(({ id }) => id).toReversed());
  // The thirty invites, and the first administrator's own.
  expect(seen).toHaveLength(31);
  expect(pages).toEqual([7, 7, 7, 7, 3]);
  expect((await listPage(stack(), admin)).json.items).toHaveLength(25);
});

test('200 R0.7: each status has its invites, in pages of any size', { tags: 'engine' }, async () => {
  for (const limit of ['1', '7', '100']) {
    expect(ids(await list({ limit, status: 'active' }))).toEqual(ids(without(used, revoked)));
    expect(ids((await list({ limit, status: 'used' })).filter(({ email }) => email))).toEqual([used.id]);
    expect(ids(await list({ limit, status: 'revoked' }))).toEqual([revoked.id]);
    expect(ids(await list({ limit, status: 'undelivered' }))).toEqual([failed.id]);
    expect(ids(await list({ limit, status: 'expired' }))).toEqual([]);
  }
});

test('200 R0.7: what expired shows itself as expired by the clock alone', async () => {
  stack().clock.offsetSeconds = day + minute;
  expect(ids(await list({ status: 'expired' }))).toEqual([shortLived.id]);
  expect(ids(await list({ status: 'active' }))).toEqual(ids(without(used, revoked, shortLived)));
  stack().clock.offsetSeconds = 8 * day;
  expect(ids(await list({ status: 'expired', limit: '7' }))).toEqual(ids(without(used, revoked)));
  expect(await list({ status: 'active' })).toEqual([]);
});

test('200: the list goes on where it ended, also when invites have expired meanwhile', async () => {
  const { json } = await listPage(stack(), admin, { status: 'active', limit: '7' });
  stack().clock.offsetSeconds = 8 * day;
  const next = await listPage(stack(), admin, { status: 'active', limit: '7', cursor: json.nextCursor! });
  expect({ status: next.status, items: next.json.items }).toEqual({ status: 200, items: [] });
});

test('200 R0.7: finds an address, or all that begin alike in their order, in any case of letters', async () => {
  expect(await list({ email: 'GUEST.17@example.com' })).toMatchObject([{ id: rows[17]!.id }]);
  const team = await list({ email: 'team.', limit: '3' });
  expect(team.map(({ id }) => id)).toEqual(rows.slice(0, 10).map(({ id }) => id));
  expect(ids(await list({ email: 'guest.1', status: 'active' }))).toEqual(ids(rows.slice(10, 20)));
  expect(ids(await list({ email: 'team.', status: 'revoked', limit: '2' }))).toEqual([revoked.id]);
  expect(await list({ email: 'nobody' })).toEqual([]);
  expect(await list({ email: '%_*' })).toEqual([]);
});

test('200: reads by indexes, never by a scan', { tags: 'engine' }, async () => {
  for (const status of ['', 'active', 'used', 'expired', 'revoked', 'undelivered']) {
    await list({ ...(status && { status }) });
  }
  await list({ email: 'team' });
  const calls = stack().calls();
  expect(calls.filter(({ action }) => action === 'Query').length).toBeGreaterThanOrEqual(7);
  expect(calls.filter(({ action }) => action === 'Scan')).toEqual([]);
});

test.each([
  'limit=0',
  'limit=101',
  'limit=-1',
  'limit=7.5',
  'limit=many',
  'limit=',
  'limit=7&limit=8',
  'status=open',
  'status=',
  'status=active&status=used',
  'email=',
  'email=%20',
  `email=${'e'.repeat(255)}`,
  'cursor=',
  'cursor=%00',
  'cursor=bm90IGpzb24',
  'cursor=W10',
  'cursor=e30',
  `cursor=${'A'.repeat(501)}`,
  'page=2',
])('422: refuses %s', async (query) => {
  const { token } = admin.session;
  const { status, json } = await send<Problem>(stack(), 'GET', `/v1/admin/invites?${query}`, { token });
  expect({ status, code: json.code }).toEqual({ status: 422, code: 'invalid' });
  // Of a wrong field it is told which one it is.
  expect(json.errors!.map(({ path }) => path)).toEqual([query.split('=')[0]]);
});

const forged = (position: object) => Buffer.from(JSON.stringify(position)).toString('base64url');
const id = 'AAECAwQFBgcICQoLDA0ODw';
test.each<[string, Record<string, string>]>([
  ['a text where the list is sorted by time', { cursor: forged({ id, at: 'team.1@example.com' }) }],
  ['a time where the list is sorted by address', { cursor: forged({ id, at: 1 }), email: 'team' }],
  ['an address outside of what is asked for', { cursor: forged({ id, at: 'zoe' }), email: 'team' }],
  ['an empty address', { cursor: forged({ id, at: '' }), email: 'team' }],
  ['a number that the store cannot hold', { cursor: forged({ id, at: 1e300 }) }],
  ['a number with a fraction', { cursor: forged({ id, at: 0.1 }) }],
  ['no id', { cursor: forged({ id: '', at: 1 }) }],
  ['a time that is over', { cursor: forged({ id, at: 1 }), status: 'active' }],
  ['a time to come', { cursor: forged({ id, at: 8e12 }), status: 'expired' }],
])('422 or 200, never 5xx: a cursor with %s', async (_, query) => {
  const { status } = await listPage(stack(), admin, query);
  expect([200, 422]).toContain(status);
});

test('401 403 R4.1: only administrators see the list', async () => {
  expect((await send(stack(), 'GET', '/v1/admin/invites')).json.code).toBe('unauthenticated');
  const guest = await register(stack(), await openInvite(stack(), admin));
  expect(await listPage(stack(), guest)).toMatchObject({
    status: 403,
    json: { title: 'Administrator rights are required' },
  });
});
