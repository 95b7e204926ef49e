import { beforeAll, expect, test } from 'vitest';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { attempt } from '../harness/people/guests.ts';
import { newDevice, prove } from '../harness/people/devices.ts';
import { changeInvite, linkState } from '../harness/invites/invites.ts';
import { codeState, readInvite, type ReadInvite } from '../harness/invites/inviting.ts';
import {
  bootstrap,
  invite,
  openInvite,
  password,
  register,
  somebody,
  tokenOf,
  type SignedIn,
} from '../harness/people/people.ts';
import { numberOf, rowsOf } from '../harness/stack/rows.ts';
import { useStack } from '../harness/stack/stack.ts';
import { daySeconds } from '../harness/stack/time.ts';

const stack = useStack();
let admin: SignedIn;
let firstInviteId: string;
beforeAll(async () => {
  const token = tokenOf(await bootstrap(stack()));
  firstInviteId = token.split('.', 1)[0]!;
  admin = await register(stack(), token, somebody('admin'));
});

const passphrase = 'open sesame';
const read = async (id: string) => (await readInvite(stack(), admin, id)).json;

test('200 R0.7: shows the link and the code again, as they were at creation, and they work', async () => {
  const wish = { kind: 'email', emails: ['hanako@example.com'], note: 'テスター', locale: 'ja' };
  const [row] = await invite(stack(), admin, wish);
  const { status, json } = await sendEvent<ReadInvite>(stack(), 'admin-invite-read', {
    path: `/v1/admin/invites/${row!.id}`,
    token: admin.session.token,
  });
  expect({ status, json }).toMatchObject({
    status: 200,
    json: { id: row!.id, url: row!.url, code: row!.code, usedBy: [] },
  });
  expect(json).toMatchObject({
    kind: 'email',
    email: 'hanako@example.com',
    note: 'テスター',
    locale: 'ja',
    status: 'active',
  });
  expect(json).toMatchObject({ role: 'general', uses: 0, usesLeft: 1, inviter: admin.user.username });
  expect(await linkState(stack(), tokenOf(json.url!))).toBe('active');
  expect(await codeState(stack(), json.code!)).toBe('active');
  for (const secret of ['generation', 'codeKey', 'issuerId', 'passphrase', 'days']) {
    expect(json).not.toHaveProperty(secret);
  }
});

test('200 R0.7: after a re-issue shows the new link and code, and no longer the old ones', async () => {
  const [row] = await invite(stack(), admin);
  const { json: reissued } = await changeInvite(stack(), admin, row!.id, 'reissue');
  const shown = await read(row!.id);
  expect(shown).toMatchObject({ url: reissued.url, code: reissued.code });
  expect(shown.url).not.toBe(row!.url);
  expect(shown.code).not.toBe(row!.code);
  expect(await linkState(stack(), tokenOf(shown.url!))).toBe('active');
  expect(await codeState(stack(), shown.code!)).toBe('active');
  expect(await codeState(stack(), row!.code!)).toBe('invalid');
});

test('200 R2.1: a code of the admin’s own is not shown again, since it is not known', async () => {
  const [row] = await invite(stack(), admin, { code: 'SPRING24', maxUses: 10 });
  expect(row!.code).toBe('SPR1NG24');
  const shown = await read(row!.id);
  expect(shown).not.toHaveProperty('code');
  expect(shown.url).toBe(row!.url);
  expect(await codeState(stack(), 'spring24')).toBe('active');
});

test('201 R2.10: a code of the admin’s own may have any letter, and is typed as it was chosen', async () => {
  const [row] = await invite(stack(), admin, { code: 'Uluru 2026', maxUses: 10 });
  expect(row!.code).toBe('U1URU2026');
  for (const typed of ['uluru2026', 'U1URU-2026', 'ＵＬＵＲＵ２０２６'])
    expect(await codeState(stack(), typed), typed).toBe('active');
});

test('200 R0.7 R2.1: names who used it, and when', async () => {
  const [row] = await invite(stack(), admin, { maxUses: 3 });
  const before = stack().clock.now();
  const first = await register(stack(), tokenOf(row!.url));
  stack().clock.offsetSeconds = daySeconds;
  const second = await register(stack(), tokenOf(row!.url));
  const shown = await read(row!.id);
  expect(shown).toMatchObject({ status: 'active', uses: 2, usesLeft: 1 });
  const usedBy = shown.usedBy.toSorted((a, b) => (a.at < b.at ? -1 : 1));
  expect(usedBy.map(({ at: _, ...who }) => who)).toEqual(
    [first, second].map(({ user: { id, username, email } }) => ({ userId: id, username, email })),
  );
  expect(await read(`${row!.id}?limit=2`)).toMatchObject({ usedBy: shown.usedBy, nextCursor: null });
  const [early, late] = usedBy.map(({ at }) => Date.parse(at)) as [number, number];
  expect(early).toBeGreaterThanOrEqual(before);
  expect(late - early).toBeGreaterThanOrEqual(daySeconds * 1000);
  expect(late).toBeLessThanOrEqual(stack().clock.now());
});

test(
  '200 R0.7 R2.10: of many who used it, it names a hundred at a time, and all of them',
  { tags: 'engine' },
  async () => {
    const [row] = await invite(stack(), admin, { maxUses: 103 });
    const token = tokenOf(row!.url);
    const people = await Promise.all(Array.from({ length: 102 }, () => register(stack(), token)));
    const shown = await read(row!.id);
    expect({ uses: shown.uses, named: shown.usedBy.length }).toEqual({ uses: 102, named: 100 });
    const rest = await read(`${row!.id}?cursor=${shown.nextCursor}`);
    expect(rest.nextCursor).toBeNull();
    const emails = [...shown.usedBy, ...rest.usedBy].map(({ email }) => email);
    expect(emails.toSorted()).toEqual(people.map(({ user }) => user.email).toSorted());
    const third = await read(`${row!.id}?limit=1`);
    expect(third.usedBy).toEqual(shown.usedBy.slice(0, 1));
  },
);

test('200 R0.7: what is over is still shown, an expired invite for 90 days', async () => {
  const [used, revoked, expired] = await invite(stack(), admin, { count: 3, expiresInDays: 1 });
  await register(stack(), tokenOf(used!.url));
  await changeInvite(stack(), admin, revoked!.id, 'revoke');
  stack().clock.offsetSeconds = daySeconds + 1;
  for (const [row, status] of [
    [used!, 'used'],
    [revoked!, 'revoked'],
    [expired!, 'expired'],
  ] as const) {
    const shown = await read(row.id);
    expect(shown).toMatchObject({ status, url: row.url });
    expect(await linkState(stack(), tokenOf(shown.url!))).toBe(status);
  }
  const [record] = rowsOf(await stack().dumpTables(), 'invites', 'id', expired!.id);
  expect(numberOf(record!, 'ttl')).toBe(Math.ceil(Date.parse(expired!.expiresAt!) / 1000) + 90 * daySeconds);
});

test('200 R0.7: one without an end goes 90 days after it is used up or withdrawn, and has no end again once it has a new link', async () => {
  const [used, revoked] = await invite(stack(), admin, { count: 2, expiresInDays: null });
  const endOf = async (id: string) => {
    const [record] = rowsOf(await stack().dumpTables(), 'invites', 'id', id);
    return record!['ttl'] && numberOf(record!, 'ttl') - stack().clock.offsetSeconds - 90 * daySeconds;
  };
  expect(await endOf(used!.id)).toBeUndefined();
  const before = Math.floor(Date.now() / 1000);
  await register(stack(), tokenOf(used!.url));
  await changeInvite(stack(), admin, revoked!.id, 'revoke');
  const after = Math.ceil(Date.now() / 1000);
  for (const { id } of [used!, revoked!]) {
    expect(await endOf(id)).toBeGreaterThanOrEqual(before);
    expect(await endOf(id)).toBeLessThanOrEqual(after);
  }
  await changeInvite(stack(), admin, revoked!.id, 'reissue');
  expect(await endOf(revoked!.id)).toBeUndefined();
});

const devicesOf = async (id: string) => (await read(id)).usedBy.map(({ device }) => device);
const android =
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36';

test.each([
  ['one of an account', 'device', {}],
  [
    'one that is the account',
    'device-only',
    { email: undefined, username: undefined, password: undefined, passphrase },
  ],
])('200 R3.10: names the device that it registered, until its user is gone: %s', async (_, kind, wish) => {
  const [row] = await invite(stack(), admin, { kind, ...(kind === 'device-only' && { passphrase }) });
  const device = await newDevice();
  const json = { token: tokenOf(row!.url), deviceKey: device.deviceKey, ...wish };
  const { session } = (await attempt(stack(), json, { headers: { 'user-agent': android } })).json;
  expect(await devicesOf(row!.id)).toEqual(['Chrome on Android']);
  const dpop = await prove(stack(), device, { method: 'DELETE', path: '/v1/me', beside: session!.token });
  const gone = { json: { password }, token: session!.token, headers: { dpop } };
  expect((await send(stack(), 'DELETE', '/v1/me', gone)).status).toBe(204);
  expect(await devicesOf(row!.id)).toEqual([undefined]);
  expect(JSON.stringify((await stack().dumpTables())['invites'])).not.toContain('Chrome');
});

test('200 R3.10: a device that registers by an invite for everybody is none of the invite’s', async () => {
  const [row] = await invite(stack(), admin);
  const { deviceKey } = await newDevice();
  await attempt(stack(), { token: tokenOf(row!.url), deviceKey }, { headers: { 'user-agent': android } });
  expect(await devicesOf(row!.id)).toEqual([undefined]);
});

test('200: the first administrator’s invite is shown like any other', async () => {
  const shown = await read(firstInviteId);
  expect(shown).toMatchObject({ status: 'used', role: 'admin', usedBy: [{ userId: admin.user.id }] });
  for (const absent of ['inviter', 'code', 'email']) expect(shown).not.toHaveProperty(absent);
});

test('200: reads what it needs and no more, by keys and never by a scan', async () => {
  const [row] = await invite(stack(), admin);
  stack().clearCalls();
  await read(row!.id);
  const calls = stack().calls();
  expect(
    calls.filter(({ action }) => action === 'Scan' || /Put|Update|Delete|Transact/.test(action)),
  ).toEqual([]);
});

test.each(['AAECAwQFBgcICQoLDA0ODw', 'record', '%23', 'x'.repeat(64)])(
  '404: there is no invite %s',
  async (id) => {
    expect(await readInvite(stack(), admin, id)).toMatchObject({ status: 404, json: { code: 'not_found' } });
  },
);

test('401 403 R4.1: only administrators see a link again', async () => {
  const [row] = await invite(stack(), admin);
  const path = `/v1/admin/invites/${row!.id}`;
  expect((await send(stack(), 'GET', path)).json.code).toBe('unauthenticated');
  const guest = await register(stack(), await openInvite(stack(), admin));
  const answer = await readInvite(stack(), guest, row!.id);
  expect(answer).toMatchObject({ status: 403, json: { code: 'forbidden' } });
  expect(answer.text).not.toContain(row!.id);
});
