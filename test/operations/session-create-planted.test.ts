/** @module-tag engine */
import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { mailedCode } from '../harness/people/codes.ts';
import { newDevice, prove } from '../harness/people/devices.ts';
import { send, type Sent } from '../harness/http/http.ts';
import { invite, mailedGuest, openInvite, password, somebody } from '../harness/people/people.ts';
import { tokenOf } from '../harness/people/people.ts';
import type { SignedIn } from '../harness/people/people.ts';
import { subjectsTo } from '../harness/people/accounts.ts';

/** State that an attacker left in a browser before the next person signs in there. */
const { stack, admin } = useAdmin('plain', { fresh: true });

const post = (path: string, json: object, sent: Sent = {}) =>
  send<SignedIn>(stack(), 'POST', path, {
    json: { transport: 'cookie', ...json },
    ...sent,
    headers: { origin: stack().app, ...sent.headers },
  });
const signIn = (login: string, secret: string, sent: Sent = {}, json: object = {}) =>
  post('/v1/sessions', { login, password: secret, ...json }, sent);
const deviceOf = (answer: Awaited<ReturnType<typeof post>>) => ({
  '__Host-device': answer.cookies['__Host-device']!.value,
});
const lock = async (login: string) => {
  for (let turn = 0; turn < 5; turn += 1) expect((await signIn(login, 'wrong')).status).toBe(401);
};
const planted = { '__Host-device': 'A'.repeat(43) };

test('C100: a device cookie planted before sign-in is replaced, and its planter is a stranger afterwards', async () => {
  const { username } = (await mailedGuest(stack(), admin)).user;
  const victim = await signIn(username, password, { cookies: planted });
  expect(deviceOf(victim)).not.toEqual(planted);
  await lock(username);
  expect((await signIn(username, password, { cookies: planted })).status, 'the planter').toBe(429);
  expect((await signIn(username, password, { cookies: deviceOf(victim) })).status, 'the owner').toBe(201);
});

test('C100: a cookie by which another account knows the browser is replaced too; one’s own is kept', async () => {
  const [one, other] = [await mailedGuest(stack(), admin), await mailedGuest(stack(), admin)];
  const first = deviceOf(await signIn(one.user.username, password));
  const again = await signIn(one.user.username, password, { cookies: first });
  expect(deviceOf(again)).toEqual(first);
  const second = deviceOf(await signIn(other.user.username, password, { cookies: first }));
  expect(second).not.toEqual(first);
  await lock(other.user.username);
  expect((await signIn(other.user.username, password, { cookies: first })).status).toBe(429);
});

test('C100: so it is at registration, when it is repeated, and at a reset', async () => {
  const who = somebody();
  const token = await openInvite(stack(), admin);
  const registered = await post('/v1/register', { ...who, token }, { cookies: planted });
  expect(registered.status).toBe(201);
  expect(deviceOf(registered)).not.toEqual(planted);
  const repeated = await post('/v1/register', { ...who, token }, { cookies: planted });
  expect(repeated.status).toBe(201);
  expect(deviceOf(repeated)).not.toEqual(planted);
  await lock(who.username);
  expect((await signIn(who.username, password, { cookies: planted })).status).toBe(429);
  const own = await signIn(who.username, password, { cookies: deviceOf(registered) });
  expect(own.status).toBe(201);

  const { email } = (await mailedGuest(stack(), admin)).user as { email: string };
  const next = 'an entirely new secret';
  const code = await mailedCode(stack(), 'password-reset', email);
  const { cookies } = await send(stack(), 'POST', '/v1/password/reset', {
    json: { email, password: next, ...code },
    cookies: planted,
    headers: { origin: stack().app },
  });
  expect(cookies['__Host-device']!.value).not.toBe(planted['__Host-device']);
  await lock(email);
  expect((await signIn(email, next, { cookies: planted })).status).toBe(429);
});

test('C100: a device key that lay in the browser does not make its holder known to an account that is not bound to it', async () => {
  const { username } = (await mailedGuest(stack(), admin)).user;
  const left = await newDevice();
  const dpop = () => prove(stack(), left, { method: 'POST', path: '/v1/sessions' });
  const key = { deviceKey: left.deviceKey };
  const victim = await signIn(username, password, { headers: { dpop: await dpop() } }, key);
  expect(victim.status).toBe(201);
  await lock(username);
  expect((await signIn(username, password, { headers: { dpop: await dpop() } }, key)).status).toBe(429);
});

test('C100: a session cookie that only names a session of the account ends nothing at sign-in', async () => {
  const { user, session } = await mailedGuest(stack(), admin);
  const cookies = { '__Host-session': `${user.id}.${session.id}.${'A'.repeat(43)}` };
  expect((await signIn(user.username, password, { cookies })).status).toBe(201);
  const { token } = session;
  expect((await send(stack(), 'GET', '/v1/me', { token })).status).toBe(200);
});

test('C100: cookies of an invite and of another account’s session decide nothing about who registers or signs in', async () => {
  const thief = await mailedGuest(stack(), admin);
  const [{ url = '' } = {}] = await invite(stack(), admin, { role: 'admin' });
  const cookies = {
    '__Host-session': thief.session.token,
    '__Host-invite': tokenOf(url),
    ...planted,
  };
  const who = somebody();
  const token = await openInvite(stack(), admin);
  const registered = await post('/v1/register', { ...who, token }, { cookies });
  expect(registered).toMatchObject({ status: 201, json: { user: { role: 'general', email: who.email } } });
  const signedIn = await signIn(who.username, password, { cookies });
  expect(signedIn.json.user).toMatchObject({ username: who.username, role: 'general' });
  expect(signedIn.cookies['__Host-session']!.value.split('.')[0]).toBe(registered.json.user.id);
  const { status } = await send(stack(), 'GET', '/v1/me', { token: thief.session.token });
  expect(status, 'the thief’s own session is theirs').toBe(200);
  expect(await subjectsTo(stack(), thief.user.email!)).toHaveLength(1);
});
