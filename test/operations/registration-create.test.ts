import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { invite, mailedToken, openInvite, register, somebody, vouchFor } from '../harness/people/people.ts';
import type { SignedIn } from '../harness/people/people.ts';
import { footprint, growth, numberOf, oneRegistration, rowsOf, textOf } from '../harness/stack/rows.ts';

const { stack, admin } = useAdmin();

const me = (sent: object) => send<SignedIn['user']>(stack(), 'GET', '/v1/me', sent);
const signIn = (login: string, password: string) =>
  send(stack(), 'POST', '/v1/sessions', { json: { login, password, transport: 'token' } });

test('201 R0.6 R2.4 R4.3: registers the guest of an invite, who is signed in at once', async () => {
  const token = await openInvite(stack(), admin);
  const before = await footprint(stack());
  const { status, json, cookies } = await sendEvent<SignedIn>(stack(), 'registration-create', {
    body: { token },
  });
  expect(status).toBe(201);
  expect(json.user).toEqual({
    id: expect.stringMatching(/^[\w-]{22}$/),
    username: 'hanako',
    email: 'hanako@example.com',
    emailVerified: false,
    firstName: '花子',
    lastName: '山田',
    role: 'general',
    locale: 'ja',
    createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
  });
  expect(json.session).toEqual({
    id: expect.stringMatching(/^[\w-]{22}$/),
    token: expect.stringContaining(`${json.user.id}.${json.session.id}.`),
    expiresAt: expect.any(String),
    deviceBound: false,
  });
  expect(cookies).toEqual({});
  expect((await me({ token: json.session.token })).json).toEqual(json.user);
  expect(await growth(stack(), before)).toEqual(oneRegistration);
});

test('201 R2.4 R4.11: a browser gets its session in a cookie that scripts cannot read, and none in the body', async () => {
  const token = await openInvite(stack(), admin);
  const answer = await send<SignedIn>(stack(), 'POST', '/v1/register', {
    json: { token, ...somebody() },
    headers: { origin: stack().app },
  });
  expect(answer.status).toBe(201);
  expect(Object.keys(answer.json.session).toSorted()).toEqual(['deviceBound', 'expiresAt', 'id']);
  const { '__Host-session': session, '__Host-device': device, ...others } = answer.cookies;
  expect(others).toEqual({});
  for (const cookie of [session!, device!]) {
    const attributes = cookie.attributes.split('; ');
    expect(attributes).toEqual(expect.arrayContaining(['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/']));
    expect(cookie.attributes).not.toContain('Domain');
  }
  expect(answer.text).not.toContain(session!.value.split('.')[2]);
  expect((await me({ cookies: { '__Host-session': session!.value } })).json).toEqual(answer.json.user);
});

test('201 R4.5: the session lasts a year', async () => {
  const { session } = await register(stack(), await openInvite(stack(), admin));
  const days = (Date.parse(session.expiresAt) - Date.now()) / 86_400_000;
  expect(Math.round(days)).toBe(365);
});

test('201 R4.2: the invite has 32 random bytes and more, is good for seven days, and only once', async () => {
  const [{ url, expiresAt } = { url: '', expiresAt: '' }] = await invite(stack(), admin);
  const token = url.split('/invite/')[1]!;
  expect(token).toMatch(/^[\w-]+\.[\w-]+$/);
  const [id, mac] = token.split('.').map((part) => Buffer.from(part, 'base64url').length);
  expect(mac).toBeGreaterThanOrEqual(32);
  expect(id! + mac!).toBeGreaterThanOrEqual(32);
  expect(Math.round((Date.parse(expiresAt!) - Date.now()) / 86_400_000)).toBe(7);

  await register(stack(), token);
  const again = await send(stack(), 'POST', '/v1/register', {
    json: { token, transport: 'token', ...somebody() },
  });
  expect(again).toMatchObject({ status: 422, json: { code: 'invite_used' } });
});

test('201 R4.1 C6: the role is the one of the invite', async () => {
  const guest = await register(stack(), await openInvite(stack(), admin, { role: 'admin' }));
  expect(guest.user.role).toBe('admin');
  await vouchFor(stack(), admin, guest);
  const other = await register(stack(), await openInvite(stack(), guest));
  expect(other.user.role).toBe('general');
});

test('201: a link that was mailed proves the mailbox, one that was shown does not', async () => {
  const [row] = await invite(stack(), admin, { emails: ['mailed@example.com'] });
  const mailed = await register(stack(), await mailedToken(stack(), 'mailed@example.com'), {
    ...somebody(),
    email: 'Mailed@Example.COM',
  });
  expect(mailed.user).toMatchObject({ email: 'mailed@example.com', emailVerified: true });
  expect(row!.result).toBe('invited');

  const [shown] = await invite(stack(), admin, { emails: ['shown@example.com'], send: false });
  const guest = await register(stack(), shown!.url.split('/invite/')[1]!, {
    ...somebody(),
    email: 'shown@example.com',
  });
  expect(guest.user).toMatchObject({ email: 'shown@example.com', emailVerified: false });
});

test('201 R4.13: the language is the guest’s choice, else the invite’s, else the browser’s', async () => {
  const join = async (wish: object, chosen: object) => {
    const token = await openInvite(stack(), admin, wish);
    const { json } = await send<{ user: { locale: string } }>(stack(), 'POST', '/v1/register', {
      json: { token, transport: 'token', ...somebody(), ...chosen },
      headers: { 'accept-language': 'ja' },
    });
    return json.user.locale;
  };
  expect(await join({ locale: 'zh' }, { locale: 'en' })).toBe('en');
  expect(await join({ locale: 'zh' }, {})).toBe('zh');
  expect(await join({}, {})).toBe('ja');
});

test('201 R4.4: credentials lie in a table of their own, hashed by bcrypt at the recorded cost', async () => {
  const guest = await register(stack(), await openInvite(stack(), admin));
  const dump = await stack().dumpTables();
  const [record] = rowsOf(dump, 'credentials', 'userId', guest.user.id);
  expect(textOf(record!, 'algorithm')).toBe('bcrypt');
  expect(numberOf(record!, 'cost')).toBe(4);
  expect(textOf(record!, 'hash')).toMatch(/^\$2b\$04\$.{53}$/);
  expect(textOf(record!, 'pepperKey')).toMatch(/^arn:aws:kms:/);

  const { credentials: _, ...others } = dump;
  expect(JSON.stringify(others)).not.toContain('$2b$');
  const [user] = rowsOf(dump, 'users', 'pk', `user#${guest.user.id}`);
  expect(Object.keys(user!)).not.toEqual(expect.arrayContaining(['hash']));
});

test('201 R4.4: no table holds the password, in no usual spelling', async () => {
  const password = 'Zq7-unmistakable-passphrase';
  const guest = { ...somebody(), password };
  await register(stack(), await openInvite(stack(), admin), guest);
  const tables = JSON.stringify(await stack().dumpTables());
  for (const spelling of ['utf8', 'base64', 'base64url', 'hex'] as const) {
    expect(tables).not.toContain(Buffer.from(password).toString(spelling).replace(/=+$/, ''));
  }
});

test.each([
  ['the shortest of 8 characters', 'ab3-efgh'],
  ['1,024 characters', 'a9-'.repeat(341) + 'z'],
  ['1,024 characters that take two UTF-16 units each', '🔑'.repeat(1_024)],
])('201 R4.4: takes a password of %s', async (_, password) => {
  const guest = { ...somebody(), password };
  await register(stack(), await openInvite(stack(), admin), guest);
  expect((await signIn(guest.username, password)).status).toBe(201);
});

test('201 R4.4: a password typed in another normal form is the same password', async () => {
  const guest = { ...somebody(), password: 'ｐａｓｓｐｈｒａｓｅ１２ が' };
  await register(stack(), await openInvite(stack(), admin), guest);
  expect((await signIn(guest.username, 'passphrase12 か\u3099')).status).toBe(201);
  expect((await signIn(guest.username, 'passphrase12 か')).status).toBe(401);
});

test('201 R4.4: what bcrypt alone would cut off at 72 bytes counts', async () => {
  const guest = { ...somebody(), password: `${'x'.repeat(80)}1` };
  await register(stack(), await openInvite(stack(), admin), guest);
  expect((await signIn(guest.username, `${'x'.repeat(80)}2`)).status).toBe(401);
});
