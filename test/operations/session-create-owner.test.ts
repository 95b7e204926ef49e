import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { mailedCode } from '../harness/people/codes.ts';
import { send, type Sent } from '../harness/http/http.ts';
import { deviceUser } from '../harness/invites/inviting.ts';
import { newDevice } from '../harness/people/devices.ts';
import { invite, mailedGuest, mailedToken, password } from '../harness/people/people.ts';
import { register, secondAdmin, somebody, tokenOf } from '../harness/people/people.ts';
import type { SignedIn } from '../harness/people/people.ts';
import { daySeconds } from '../harness/stack/time.ts';

/** Acts forbidden to a thief of a session, a token or a password, and the owner's remedies. */
const { stack, admin } = useAdmin('plain', { fresh: true });

const signIn = (login: string, secret: string, sent: Sent = {}) =>
  send<SignedIn>(stack(), 'POST', '/v1/sessions', {
    json: { login, password: secret, transport: 'cookie' },
    ...sent,
    headers: { origin: stack().app, ...sent.headers },
  });
const deviceOf = (answer: Awaited<ReturnType<typeof signIn>>) => ({
  '__Host-device': answer.cookies['__Host-device']!.value,
});
const accessToken = async (token: string) =>
  (await send<{ token: string }>(stack(), 'POST', '/v1/tokens', { json: { audience: 'latchkey' }, token }))
    .json.token;

test('401 C31: an access token reads, changes nothing, and becomes neither another one nor a session', async () => {
  const { session } = await mailedGuest(stack(), admin);
  const token = await accessToken(session.token);
  const headers = { origin: stack().app };
  expect((await send(stack(), 'GET', '/v1/me', { token })).status).toBe(200);
  const changes: [string, string, object][] = [
    ['POST', '/v1/tokens', { audience: 'relay' }],
    ['PATCH', '/v1/me', { firstName: 'Thief' }],
    ['DELETE', '/v1/sessions/others', {}],
    ['DELETE', '/v1/me', { password }],
  ];
  for (const [method, path, json] of changes)
    expect((await send(stack(), method, path, { json, token })).status, path).toBe(401);
  stack().clock.offsetSeconds = 300;
  const asCookie = await send(stack(), 'GET', '/v1/me', { cookies: { '__Host-session': token }, headers });
  expect(asCookie).toMatchObject({ status: 401, cookies: {} });
});

test('422 401: a session that is no longer fresh does not move the account to another mailbox without the password', async () => {
  const { user, session } = await mailedGuest(stack(), admin);
  stack().clock.offsetSeconds = 601;
  const { token } = session;
  const email = `moved-${user.username}@example.com`;
  const code = await mailedCode(stack(), 'email-update', email, { token });
  const move = (json: object) =>
    send(stack(), 'PUT', '/v1/me/email', { json: { email, ...code, ...json }, token });
  const bare = await move({});
  expect(bare).toMatchObject({ status: 422, json: { errors: [{ path: 'currentPassword' }] } });
  expect((await move({ currentPassword: 'wrong' })).json.code).toBe('invalid_credentials');
  expect((await move({ currentPassword: password })).status).toBe(200);
});

test('R2.6 C25: a reset makes other devices strangers, and the browser that resets known', async () => {
  const { user } = await mailedGuest(stack(), admin);
  const email = user.email!;
  const thief = deviceOf(await signIn(email, password));
  const own = deviceOf(await signIn(email, password));
  for (let turn = 0; turn < 5; turn += 1) await signIn(email, 'wrong', { cookies: own });
  const next = 'an entirely new secret';
  const json = { email, password: next, ...(await mailedCode(stack(), 'password-reset', email)) };
  const reset = await send(stack(), 'POST', '/v1/password/reset', {
    json,
    cookies: own,
    headers: { origin: stack().app },
  });
  expect(reset.status).toBe(204);
  for (let turn = 0; turn < 5; turn += 1) await signIn(email, 'wrong');
  expect((await signIn(email, next, { cookies: thief })).status, 'the thief’s device').toBe(429);
  expect((await signIn(email, next, { cookies: own })).status, 'the owner’s browser').toBe(201);
});

test('R2.8: unlocking frees the owner’s own browser too', async () => {
  const { user } = await mailedGuest(stack(), admin);
  const own = deviceOf(await signIn(user.username, password));
  for (let turn = 0; turn < 5; turn += 1) await signIn(user.username, 'wrong', { cookies: own });
  expect((await signIn(user.username, password, { cookies: own })).status).toBe(429);
  const change = { token: admin.session.token, json: { unlock: true } };
  await send(stack(), 'PATCH', `/v1/admin/users/${user.id}`, change);
  expect((await signIn(user.username, password, { cookies: own })).status).toBe(201);
});

test('C32: signing in again ends the session that the browser had', async () => {
  const { user } = await mailedGuest(stack(), admin);
  const first = (await signIn(user.username, password)).cookies['__Host-session']!.value;
  const cookies = { '__Host-session': first };
  const second = (await signIn(user.username, password, { cookies })).cookies['__Host-session']!.value;
  const me = async (value: string) =>
    (await send(stack(), 'GET', '/v1/me', { cookies: { '__Host-session': value } })).status;
  expect([await me(first), await me(second)]).toEqual([401, 200]);
});

test('R3.4: who is known by a device alone can be let in again a year later, whoever invited them first', async () => {
  const issuer = await secondAdmin(stack(), admin);
  const user = await deviceUser(stack(), issuer);
  const path = '/v1/admin/invites';
  const { json } = await send<{ items: { id: string; kind: string }[] }>(stack(), 'GET', path, {
    token: issuer.session.token,
  });
  const { id } = json.items.find(({ kind }) => kind === 'device-only')!;
  const { token } = admin.session;
  expect((await send(stack(), 'DELETE', `${path}/${id}`, { token })).json.code).toBe('invite_used');
  await send(stack(), 'PATCH', `/v1/admin/users/${issuer.user.id}`, { token, json: { disabled: true } });
  for (const row of (await stack().dumpTables())['invites'] ?? [])
    if (JSON.stringify(row['pk']).includes(id)) expect(row['ttl']).toBeUndefined();

  stack().clock.offsetSeconds = 300 * daySeconds;
  const link = await send<{ url: string }>(stack(), 'POST', `${path}/${id}/reissue`, { json: {}, token });
  const { deviceKey } = await newDevice();
  const moved = await send<SignedIn>(stack(), 'POST', '/v1/register', {
    json: { token: tokenOf(link.json.url), passphrase: 'open sesame', deviceKey, transport: 'token' },
  });
  expect(moved).toMatchObject({ status: 201, json: { user: { id: user.user.id } } });
});

test('201 C68: an administrator whose address was never proven comes by the link that was mailed to it', async () => {
  // The first administrator may invite before the mailbox is proven.
  const who = { ...somebody(), email: admin.user.email! };
  await invite(stack(), admin, { emails: [who.email] });
  const owner = await register(stack(), await mailedToken(stack(), who.email), who);
  expect(owner.user).toMatchObject({ email: who.email, emailVerified: true });
});
