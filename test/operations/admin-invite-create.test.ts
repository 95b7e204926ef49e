import { expect, test } from 'vitest';
import type { Problem } from '#shared/errors/problem.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { linkState, shownInvite } from '../harness/invites/invites.ts';
import {
  invite,
  openInvite,
  password,
  register,
  somebody,
  tokenOf,
  type InviteRow,
} from '../harness/people/people.ts';

type Created = Problem & { invites: (InviteRow & { status?: string })[] };

const { stack, admin } = useAdmin();

const create = (json: object, token = admin.session.token) =>
  send<Created>(stack(), 'POST', '/v1/admin/invites', { json, token });

const days = (row: { expiresAt: string | null }) =>
  Math.round((Date.parse(row.expiresAt ?? '') - Date.now()) / 86_400_000);

test('201 R0.1 R5.9: invites an address, with all that an invite has', async () => {
  const { token } = admin.session;
  const { status, json } = await sendEvent<Created>(stack(), 'admin-invite-create', { token });
  expect(status).toBe(201);
  expect(json.invites).toMatchObject([{ email: 'hanako@example.com', status: 'active', result: 'invited' }]);
  const [{ id, url, code }] = json.invites as [InviteRow];
  expect(url).toMatch(new RegExp(`^${stack().app}/invite/[\\w-]{22}\\.[\\w-]{43}$`));
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
  await stack().settle();
  const shown = await shownInvite(stack(), admin, id);
  expect(shown).toMatchObject({
    kind: 'email',
    status: 'active',
    role: 'general',
    email: 'hanako@example.com',
    note: 'テスター',
    locale: 'ja',
    maxUses: 1,
    uses: 0,
    usesLeft: 1,
    inviter: admin.user.username,
    delivery: 'delivered',
  });
  expect(days(shown)).toBe(7);
  expect(Math.abs(Date.parse(shown.createdAt) - Date.now())).toBeLessThan(60_000);
});

test('201 R0.1: makes open invites, as many as are asked for, each with a link of its own', async () => {
  const rows = await invite(stack(), admin, { count: 100 });
  expect(new Set(rows.map(({ id }) => id)).size).toBe(100);
  expect(new Set(rows.map(({ url }) => url)).size).toBe(100);
  expect(await shownInvite(stack(), admin, rows[99]!.id)).toMatchObject({ kind: 'account', maxUses: 1 });
});

test('201 R2.1: an open invite may let several in, and for ever', async () => {
  const [row] = await invite(stack(), admin, { maxUses: 3, expiresInDays: null });
  expect(row!.expiresAt).toBeNull();
  const shown = await shownInvite(stack(), admin, row!.id);
  expect(shown).toMatchObject({ maxUses: 3, usesLeft: 3, expiresAt: null });
  await register(stack(), tokenOf(row!.url));
  stack().clock.offsetSeconds = 400 * 86_400;
  await register(stack(), tokenOf(row!.url));
});

test('201: an open link may go to an address without being bound to it', async () => {
  const [row] = await invite(stack(), admin, { emails: ['team@example.com'], kind: 'account', maxUses: 2 });
  const email = 'guest@example.org';
  const { user } = await register(stack(), tokenOf(row!.url), { ...somebody(), email });
  expect(user.email).toBe(email);
});

test('201: an empty note is none', async () => {
  const [row] = await invite(stack(), admin, { note: '' });
  expect(await shownInvite(stack(), admin, row!.id)).not.toHaveProperty('note');
});

test('201 R4.1: the invite decides the role', async () => {
  const token = await openInvite(stack(), admin, { role: 'admin' });
  expect((await register(stack(), token)).user.role).toBe('admin');
});

test.each([1, 365])('201 R4.2: an invite may live for %d days', async (expiresInDays) => {
  const [row] = await invite(stack(), admin, { expiresInDays });
  expect(days(row!)).toBe(expiresInDays);
});

test('201: each address has a result of its own', async () => {
  const member = somebody('member');
  await register(
    stack(),
    tokenOf((await invite(stack(), admin, { emails: [member.email] }))[0]!.url),
    member,
  );
  const unproven = await invite(stack(), admin, { emails: [member.email] });
  expect(unproven).toMatchObject([{ result: 'invited' }]);
  const emails = [
    admin.user.email,
    'new@example.com',
    ' NEW@Example.com ',
    'no address',
    'a@example.com\r\nBcc: victim@example.com',
    '"two"@example.com, three@example.com',
  ];
  const rows = await invite(stack(), admin, { emails });
  expect(rows.map(({ result }) => result).sort()).toEqual([
    'already_invited',
    'bad_address',
    'bad_address',
    'bad_address',
    'invited',
    'invited',
  ]);
  const [invited, again] = rows.slice(1, 3).sort((a, b) => (a.result < b.result ? 1 : -1));
  expect(invited).toMatchObject({ email: 'new@example.com', result: 'invited' });
  expect(again).toEqual({ id: invited!.id, email: 'new@example.com', result: 'already_invited' });
  await stack().settle();
  expect(stack().mails('new@example.com')).toHaveLength(1);
  expect(stack().mails('victim@example.com')).toEqual([]);
});

test('201: two admins who invite one address at once make one invite', { tags: 'engine' }, async () => {
  const emails = ['both@example.com'];
  const rows = (
    await Promise.all(Array.from({ length: 6 }, () => invite(stack(), admin, { emails })))
  ).flat();
  expect(rows.filter(({ result }) => result === 'invited')).toHaveLength(1);
  expect(rows.filter(({ result }) => result === 'already_invited')).toHaveLength(5);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(1);
  await stack().settle();
  expect(stack().mails('both@example.com')).toHaveLength(1);
});

test('201: an address can be invited again once its invite is over', async () => {
  const emails = ['late@example.com'];
  await invite(stack(), admin, { emails, expiresInDays: 1 });
  stack().clock.offsetSeconds = 86_400 + 60;
  expect(await invite(stack(), admin, { emails })).toMatchObject([{ result: 'invited' }]);
});

test('201 C68: so it can once its invite is used, by somebody who has not proven that it is theirs', async () => {
  const { email, ...rest } = somebody();
  const [row] = await invite(stack(), admin, { emails: [email] });
  await register(stack(), tokenOf(row!.url), { ...rest, email });
  expect(await invite(stack(), admin, { emails: [email] })).toMatchObject([{ email, result: 'invited' }]);
});

test('401 403 R4.1 R4.9: only administrators invite, and a refusal is logged', async () => {
  expect((await send(stack(), 'POST', '/v1/admin/invites', { json: {} })).json.code).toBe('unauthenticated');
  const guest = await register(stack(), await openInvite(stack(), admin));
  const { status, json } = await sendEvent<Problem>(stack(), 'admin-invite-create', {
    token: guest.session.token,
  });
  expect({ status, json }).toMatchObject({
    status: 403,
    json: { code: 'forbidden', title: '管理者権限が必要です' },
  });
  expect(JSON.stringify(stack().logs().slice(-5))).toContain('permission.denied');
});

test.each<[string, object]>([
  ['count', { count: 0 }],
  ['count', { count: 1_001 }],
  ['count', { count: 1.5 }],
  ['emails', { emails: [] }],
  ['emails.0', { emails: [7] }],
  ['emails', { kind: 'email' }],
  ['kind', { kind: 'device-only-ish' }],
  ['maxUses', { maxUses: 0 }],
  ['maxUses', { maxUses: 100_001 }],
  ['maxUses', { emails: ['one@example.com'], maxUses: 2 }],
  ['expiresInDays', { expiresInDays: 0 }],
  ['expiresInDays', { expiresInDays: 366 }],
  ['expiresInDays', { expiresInDays: '7' }],
  ['role', { role: 'owner' }],
  ['note', { note: 'n'.repeat(201) }],
  ['note', { note: 'one\nBcc: victim@example.com' }],
  ['note', { note: 'one\u2028two' }],
  ['locale', { locale: 'fr' }],
  ['send', { send: 'yes' }],
  ['uses', { uses: 5 }],
  ['issuerId', { issuerId: 'somebody' }],
])('422 C6 C60: names %s when it is wrong: %j', async (path, wish) => {
  const { status, json } = await create(wish);
  expect({ status, code: json.code }).toEqual({ status: 422, code: 'invalid' });
  expect(json.errors?.map((error) => error.path)).toEqual([path]);
});

test('201: nothing that is stored or logged lets anyone in', async () => {
  const emails = ['secret@example.com'];
  const rows = [...(await invite(stack(), admin, { emails })), ...(await invite(stack(), admin))];
  await stack().settle();
  const mailed = /invite\/(\S+)/.exec(stack().mails('secret@example.com')[0]!.text)![1]!;
  const seen = JSON.stringify([await stack().dumpTables(), stack().logs()]);
  for (const token of [mailed, ...rows.map(({ url }) => tokenOf(url))]) {
    expect(await linkState(stack(), token)).toBe('active');
    expect(seen).toContain(token.split('.')[0]);
    expect(seen).not.toContain(token.split('.')[1]);
  }
  expect(seen).not.toContain('/invite/');
  expect(seen).not.toContain(password);
});
