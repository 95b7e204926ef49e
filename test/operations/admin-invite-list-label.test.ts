import { parse } from 'csv-parse/sync';
import { beforeAll, expect, test } from 'vitest';
import { inviteKey, redemptionPrefix } from '#shared/invites/invite-rows.ts';
import { userKey } from '#shared/users/user-rows.ts';
import type { Problem } from '#shared/errors/problem.ts';
import { moreRows } from '#shared/http/csv.ts';
import { send } from '../harness/http/http.ts';
import { listAll } from '../harness/invites/invites.ts';
import { createInvites } from '../harness/invites/inviting.ts';
import { changeUser, pagesOf, type ManagedUser } from '../harness/people/managing.ts';
import {
  invite,
  mailedGuest,
  register,
  secondAdmin,
  somebody,
  tokenOf,
  type InviteRow,
  type SignedIn,
} from '../harness/people/people.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { callsOf } from '../harness/stack/calls.ts';
import { putRows } from '../harness/stack/insider.ts';

const { stack, admin } = useAdmin();
let other: SignedIn;
let course: InviteRow[];
let others: InviteRow[];

/** Six invites of two labels and two issuers, a minute apart, so that their order is known. */
beforeAll(async () => {
  other = await secondAdmin(stack(), admin);
  [course, others] = [[], []];
  for (let at = 0; at < 3; at += 1) {
    stack().clock.offsetSeconds = at * 60;
    course.push(...(await invite(stack(), admin, { label: 'Kurs-春-2026' })));
    others.push(...(await invite(stack(), other, { label: 'choir', note: '=1+1' })));
  }
  stack().clock.offsetSeconds = 200;
});

const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
const newest = (rows: readonly { id: string }[]) => ids(rows).toReversed();
const list = (query: Record<string, string>) => listAll(stack(), admin, query);

test('201 422: a label has 40 characters, in scripts of which each takes two units as well', async () => {
  const rare = '𠮷'.repeat(40);
  expect(await invite(stack(), admin, { label: rare })).toHaveLength(1);
  const { status, json } = await createInvites(stack(), admin, { label: `${rare}𠮷` });
  expect({ status, errors: json.errors }).toMatchObject({ status: 422, errors: [{ path: 'label' }] });
});

test('200: finds invites by label, newest first, in pages of any size', { tags: 'engine' }, async () => {
  const found = await list({ label: 'Kurs-春-2026' });
  expect(ids(found)).toEqual(newest(course));
  expect(found[0]).toMatchObject({ label: 'Kurs-春-2026' });
  expect(ids(await list({ label: 'Kurs-春-2026', limit: '2' }))).toEqual(newest(course));
  expect(await list({ label: 'kurs' })).toEqual([]);
});

test('200: finds invites by who invites, and not whom they brought in', { tags: 'engine' }, async () => {
  await register(stack(), tokenOf(others[0]!.url));
  expect(ids(await list({ issuer: other.user.id, limit: '2' }))).toEqual(newest(others));
  expect(ids(await list({ issuer: other.user.id, status: 'used' }))).toEqual([others[0]!.id]);
  expect(ids(await list({ issuer: admin.user.id, label: 'choir' }))).toEqual([]);
});

test('200: hundreds whom an invite has let in do not make a page of the one who invites many queries', async () => {
  const { pk } = inviteKey(others[0]!.id);
  const createdAt = stack().clock.now();
  const guests = Array.from({ length: 300 }, (_, at) => ({
    pk,
    sk: `${redemptionPrefix}former:${at}`,
    userId: `${at}`,
    redeemedAt: createdAt,
    issuerId: other.user.id,
    createdAt,
  }));
  await putRows(stack(), 'invites', guests);
  stack().clearCalls();
  const path = `/v1/admin/invites?issuer=${other.user.id}&limit=25`;
  const { json } = await send<{ items: { id: string }[] }>(stack(), 'GET', path, {
    token: admin.session.token,
  });
  expect(ids(json.items)).toEqual(newest(others));
  const queries = callsOf(stack(), 'admin-invite-list').filter(({ action }) => action === 'Query');
  expect(queries).toHaveLength(2);
});

test('200: all of a list as one file, in which no cell is a formula', async () => {
  const path = '/v1/admin/invites?format=csv&label=choir&limit=1';
  const { status, headers, text } = await send(stack(), 'GET', path, { token: admin.session.token });
  expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type: 'text/csv; charset=utf-8' });
  const rows = parse(text, { columns: true }) as Record<string, string>[];
  expect(rows.map(({ id }) => id)).toEqual(newest(others));
  expect(rows[0]).toMatchObject({ label: 'choir', note: "'=1+1", status: 'active', uses: '0' });
  expect(text).not.toContain(moreRows.en.slice(0, 14));
});

test('200: people keep the label of their invite, and are found by it, by role and by status', async () => {
  const guest = await register(stack(), tokenOf(course[0]!.url), somebody());
  const users = async (query: Record<string, string>) =>
    (await pagesOf<ManagedUser & { label?: string }>(stack(), admin, '/v1/admin/users', query)).flat();
  expect(await users({ label: 'Kurs-春-2026' })).toMatchObject([
    { id: guest.user.id, label: 'Kurs-春-2026' },
  ]);
  expect(ids(await users({ role: 'admin' }))).toEqual([other.user.id, admin.user.id]);
  const gone = await mailedGuest(stack(), admin);
  await changeUser(stack(), admin, gone.user.id, { disabled: true });
  expect(ids(await users({ status: 'disabled' }))).toEqual([gone.user.id]);
  expect(ids(await users({ status: 'disabled', role: 'admin' }))).toEqual([]);
  const { text } = await send(stack(), 'GET', '/v1/admin/users?format=csv&role=admin', {
    token: admin.session.token,
  });
  expect((parse(text, { columns: true }) as { id: string }[]).map(({ id }) => id)).toEqual([
    other.user.id,
    admin.user.id,
  ]);
});

test('200 C75: a file of those whom a filter finds holds all of them, behind however many others', async () => {
  const now = stack().clock.now();
  const people = Array.from({ length: 10_025 }, (_, n) => ({
    ...userKey(`crowd${n}`),
    id: `crowd${n}`,
    username: `crowd${n}`,
    listing: 'user',
    role: 'general',
    status: 'active',
    createdAt: now + n,
  }));
  await putRows(stack(), 'users', people);
  const path = '/v1/admin/users?format=csv&role=admin';
  const { text } = await send(stack(), 'GET', path, { token: admin.session.token });
  const found = (parse(text, { columns: true }) as { id: string }[]).map(({ id }) => id);
  expect(found.at(-1)).toBe(admin.user.id);
});

const marks = '\u0301'.repeat(3);

test.each(['two words', '', 'a.b', 'x'.repeat(41), '<b>', marks, 'a\ud800', '\u0958'.repeat(21)])(
  '422: %j is no label',
  async (label) => {
    const { status, json } = await createInvites(stack(), admin, { label });
    expect({ status, path: json.errors?.[0]?.path }).toEqual({ status: 422, path: 'label' });
  },
);

test('200 C80: a label in one spelling of many is one label, found by each, and covers nothing', async () => {
  const [row] = await invite(stack(), admin, { label: 'Cafe\u0301-\u200b\u202eا' });
  expect(ids(await list({ label: 'Caf\u00e9-ا' }))).toEqual([row!.id]);
  expect(ids(await list({ label: 'Cafe\u0301-ا' }))).toEqual([row!.id]);
  const [tall] = await invite(stack(), admin, { label: `x${'\u0336'.repeat(39)}` });
  const [shown] = await list({ label: `x${'\u0336'.repeat(4)}` });
  expect(shown).toMatchObject({ id: tall!.id, label: `x${'\u0336'.repeat(4)}` });
});

test('201 C99: markup and long words in own words are text, and stay in the mail’s quotation', async () => {
  const { email } = somebody();
  const message = `<img src=x onerror=alert(1)> & "</blockquote>"\u0085\u2028${'w'.repeat(300)}`;
  await invite(stack(), admin, { emails: [email], message });
  await stack().settle();
  const [mail] = stack().mails(email);
  expect(mail!.html).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;&lt;/blockquote&gt;&quot;');
  expect(mail!.html.match(/<\/blockquote>/g)).toHaveLength(1);
  expect(mail!.text).toContain(`> ${'w'.repeat(300)}`);
});

test('201 C99: own words stand in the mail, marked as theirs; no link, and nothing hidden', async () => {
  const { email } = somebody();
  const message = 'Liebe Mia,\r\n\r\n\r\nbis \u202eMontag! Um 10:30, Raum 3.5.例子';
  await invite(stack(), admin, { emails: [email], message });
  await stack().settle();
  const [mail] = stack().mails(email);
  expect(mail!.text).toContain(
    `${admin.user.username} writes:\n\n> Liebe Mia,\n> \n> bis Montag! Um 10:30, Raum 3.5. 例子\n\nOpen this link and choose a username and a password to register:\n\nhttp`,
  );
  expect(mail!.html).toContain('bis Montag!');
  expect((await list({ email }))[0]).toMatchObject({ message: expect.stringContaining('Montag') as string });
});

test.each([
  'see https://evil.example/x',
  'see www.evil.example',
  'evil.example is nice',
  'ＥＶＩＬ．ｅｘａｍｐｌｅ',
  'mailto:mia',
  'mia@evil.example',
  'javascript://x',
  'tel:+390001',
  String.raw`\\\\files\\share`,
  'www\u3002evil',
  'evil\u00ad.exa\u200bmple',
  'x'.repeat(501),
])('422 C99: %j is no message', async (message) => {
  const { status, json } = await createInvites(stack(), admin, { message });
  expect({ status, path: json.errors?.[0]?.path }).toEqual({ status: 422, path: 'message' });
});

test('201: a message in Japanese with full stops is none with links', async () => {
  const message = '招待します。よろしくお願いします。3.5時から。';
  expect((await createInvites(stack(), admin, { message })).status).toBe(201);
});

test('422: a filter that is none', async () => {
  for (const query of ['role=boss', 'status=gone', 'label=a%20b', 'format=xls']) {
    const answer = await send<Problem>(stack(), 'GET', `/v1/admin/users?${query}`, {
      token: admin.session.token,
    });
    expect(answer).toMatchObject({ status: 422, json: { code: 'invalid' } });
  }
});
