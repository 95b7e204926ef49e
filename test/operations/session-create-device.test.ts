import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { deedsOf, subjectsTo } from '../harness/people/accounts.ts';
import { mailedCode, otherCode } from '../harness/people/codes.ts';
import { newDevice, prove, type TestDevice } from '../harness/people/devices.ts';
import { send } from '../harness/http/http.ts';
import { boundUser, deviceUser } from '../harness/invites/inviting.ts';
import { invite, mailedGuest, password, register, somebody, tokenOf } from '../harness/people/people.ts';
import type { SignedIn } from '../harness/people/people.ts';

const { stack, admin } = useAdmin();

const signIn = (json: object, headers: Record<string, string> = {}) =>
  send<SignedIn>(stack(), 'POST', '/v1/sessions', {
    json: { password, transport: 'token', ...json },
    headers,
  });
async function isIn(device: TestDevice, token: string): Promise<boolean> {
  const headers = { dpop: await prove(stack(), device, { beside: token }) };
  return (await send(stack(), 'GET', '/v1/me', { token, headers })).status === 200;
}

test('403 C33: a bound account is signed in to on its device alone, and only the right password learns of it', async () => {
  const { device, who } = await boundUser(stack(), admin);
  const login = who.username;
  const { deviceKey } = await newDevice();
  for (const json of [{ login }, { login, deviceKey }])
    expect(await signIn(json)).toMatchObject({ status: 403, json: { code: 'device_mismatch' } });
  expect(await signIn({ login, password: 'wrong' })).toMatchObject({
    status: 401,
    json: { code: 'invalid_credentials' },
  });
  const { status, json } = await signIn({ login, deviceKey: device.deviceKey });
  expect({ status, bound: json.session }).toMatchObject({ status: 201, bound: { deviceBound: true } });
  expect(await isIn(device, json.session.token)).toBe(true);
});

test('403 C33 R7.5: a form that its page’s script has not filled in is told of no other device, but of both ways on', async () => {
  const { device, who } = await boundUser(stack(), admin);
  const other = await newDevice();
  const login = { login: who.username, password, proof: '' };
  const told = async (path: string, form: Record<string, string>, cookies: Record<string, string> = {}) => {
    const headers = { 'accept-language': 'en' };
    const { status, text } = await send(stack(), 'POST', path, { form, headers, cookies });
    return [status, /autofocus>[^]*?<strong>(.*?)</.exec(text)?.[1], /not finished loading/.test(text)];
  };
  const unproven = [403, 'Your device was not recognised', true];
  expect(await told('/login', login)).toEqual(unproven);
  const headers = { origin: stack().app };
  const json = { login: who.username, password, deviceKey: device.deviceKey };
  const { json: signedIn, cookies } = await send<SignedIn>(stack(), 'POST', '/v1/sessions', {
    json,
    headers,
  });
  const bound = { session: signedIn.session.id, flow: 'x'.repeat(22), code: 'ABC234', proof: '' };
  const cookie = { '__Host-session': cookies['__Host-session']!.value };
  expect(await told('/verify/code', bound, cookie)).toEqual(unproven);
  // The form comes from another device: its script has proven that device's key, or has found no key.
  const proof = await prove(stack(), other, { method: 'POST', path: '/login' });
  const proven = { ...login, deviceKey: JSON.stringify(other.deviceKey), proof };
  for (const form of [proven, { ...login, proof: 'none' }])
    expect(await told('/login', form)).toEqual([403, 'This is not the registered device', false]);
});

test('401 C26: the name of an account that has a device and no password is told from no other', async () => {
  const { user } = await deviceUser(stack(), admin);
  const [device, nobody] = [await signIn({ login: user.username }), await signIn({ login: 'nobody' })];
  expect(device).toMatchObject({ status: 401, json: { code: 'invalid_credentials' } });
  expect(device.json).toEqual({ ...nobody.json, requestId: expect.any(String) as string });
});

test('201 C33 C34 C103: a mailed code moves it to a new device; the old device and its sessions are out, and its owner is told', async () => {
  const { device, who, signedIn } = await boundUser(stack(), admin);
  const phone = await newDevice();
  const code = await mailedCode(stack(), 'session-create', who.email);
  const before = (await subjectsTo(stack(), who.email)).length;
  const json = { login: who.username, deviceKey: phone.deviceKey, ...code };
  expect((await signIn({ ...json, code: otherCode(code.code) })).json).toMatchObject({
    code: 'code_invalid',
  });
  expect((await signIn({ ...json, password: 'wrong' })).status, 'the code alone').toBe(401);
  const moved = await signIn(json);
  expect(moved).toMatchObject({ status: 201, json: { user: signedIn.user } });
  expect(await isIn(phone, moved.json.session.token)).toBe(true);
  expect(await isIn(device, signedIn.session.token)).toBe(false);
  const back = await signIn({ login: who.username, deviceKey: device.deviceKey });
  expect(back).toMatchObject({ status: 403, json: { code: 'device_mismatch' } });
  expect((await signIn({ ...json, deviceKey: device.deviceKey })).status, 'C40: the code again').toBe(422);
  const subjects = (await subjectsTo(stack(), who.email)).slice(before);
  expect(subjects).toEqual([expect.stringContaining('New sign-in')]);
  expect(stack().mails(who.email).at(-1)!.text).toContain(stack().app);
  expect(await deedsOf(stack(), signedIn)).toContain('device.move done');
});

test('C31: a code for another purpose moves nobody', async () => {
  const { who } = await boundUser(stack(), admin);
  const { deviceKey } = await newDevice();
  const code = await mailedCode(stack(), 'password-reset', who.email);
  const answer = await signIn({ login: who.email, deviceKey, ...code });
  expect(answer).toMatchObject({ status: 422, json: { code: 'code_invalid' } });
});

test('201 C33: an administrator can unbind the account; the next device is welcome', async () => {
  const { who, signedIn } = await boundUser(stack(), admin);
  const path = `/v1/admin/users/${signedIn.user.id}`;
  const unbound = { token: admin.session.token, json: { device: null } };
  expect((await send(stack(), 'PATCH', path, unbound)).json).toMatchObject({ deviceBound: false });
  const answer = await signIn({ login: who.username });
  expect(answer).toMatchObject({ status: 201, json: { session: { deviceBound: false } } });
});

test('R2.8: an administrator can let somebody in again who is locked out', async () => {
  const { user } = await mailedGuest(stack(), admin);
  for (let turn = 0; turn < 5; turn += 1) await signIn({ login: user.username, password: 'wrong' });
  expect((await signIn({ login: user.username })).status).toBe(429);
  const change = { token: admin.session.token, json: { unlock: true } };
  expect((await send(stack(), 'PATCH', `/v1/admin/users/${user.id}`, change)).status).toBe(200);
  expect((await signIn({ login: user.username })).status).toBe(201);
});

test('R2.6 R2.8: so does a mailed code, by a new password', async () => {
  const { user } = await mailedGuest(stack(), admin);
  const email = user.email!;
  for (let turn = 0; turn < 5; turn += 1) await signIn({ login: email, password: 'wrong' });
  const next = 'an entirely new secret';
  const json = { email, password: next, ...(await mailedCode(stack(), 'password-reset', email)) };
  expect((await send(stack(), 'POST', '/v1/password/reset', { json })).status).toBe(204);
  expect((await signIn({ login: email, password: next })).status).toBe(201);
});

test('R2.9 C25: the owner is told of a sign-in on a device that was never seen, once, and by a proven mailbox alone', async () => {
  const { user } = await mailedGuest(stack(), admin);
  const email = user.email!;
  const headers = {
    origin: stack().app,
    'user-agent':
      'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36',
  };
  const count = async () => {
    await stack().settle();
    return stack().mails(email).length;
  };
  const before = await count();
  const json = { login: email, transport: 'cookie' };
  const first = await signIn(json, headers);
  expect(await count()).toBe(before + 1);
  const { text } = stack().mails(email).at(-1)!;
  expect(text).toContain('Chrome on ');
  expect(text).toContain('127.0.0.0/24');
  const cookie = `__Host-device=${first.cookies['__Host-device']!.value}`;
  expect((await signIn(json, { ...headers, cookie })).status).toBe(201);
  expect(await count(), 'the same device').toBe(before + 1);

  const unproven = somebody();
  await register(stack(), tokenOf((await invite(stack(), admin))[0]!.url), unproven);
  await signIn({ login: unproven.email });
  await stack().settle();
  expect(stack().mails(unproven.email)).toEqual([]);
});
