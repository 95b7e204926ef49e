import { beforeAll, expect, test } from 'vitest';
import { cookie } from '#shared/http/cookies.ts';
import { send } from '../harness/http/http.ts';
import { expectPage, invited, page, signInByForm } from '../harness/http/pages.ts';
import { fieldsOf, Visitor } from '../harness/http/visitor.ts';
import { boundVisitor } from '../harness/people/bound.ts';
import { authorizePath, newPkce } from '../harness/apps/door.ts';
import { newDevice, prove } from '../harness/people/devices.ts';
import { changeInvite, shownInvite } from '../harness/invites/invites.ts';
import {
  invite,
  openInvite,
  password,
  register,
  somebody,
  tokenOf,
  type SignedIn,
} from '../harness/people/people.ts';
import { changeUser } from '../harness/people/managing.ts';
import { useAdmin } from '../harness/stack/admin.ts';

const { stack, admin } = useAdmin();
let other: SignedIn;
beforeAll(async () => {
  other = await register(stack(), await openInvite(stack(), admin));
});

const exporting = ['GET', '/v1/me/export'] as const;
const refused = { status: 403, json: { code: 'reauthentication_required' } };

/** Sends a request as the pages' script does. */
const ask = (
  [method, path]: readonly [string, string],
  { cookies }: Pick<Visitor, 'cookies'>,
  json?: object,
  headers = {},
) =>
  send(stack(), method, path, {
    cookies,
    headers: { origin: stack().app, 'accept-language': 'en', ...headers },
    ...(json && { json }),
  });

test('403 C28: a browser that signed in more than ten minutes ago signs in once more, to the second; programs are not asked', async () => {
  const { clock } = stack();
  const signedInAt = clock.now();
  clock.standAt(signedInAt);
  const browser = await signInByForm(stack(), other.user.username);
  clock.standAt(signedInAt + 599_999);
  expect((await ask(exporting, browser)).status).toBe(200);
  clock.standAt(signedInAt + 600_001);
  const answer = await ask(exporting, browser);
  expect(answer).toMatchObject(refused);
  expect(answer.json).toMatchObject({ title: 'Please confirm that it is you' });
  const { token } = other.session;
  expect((await send(stack(), ...exporting, { token })).status).toBe(200);
  // The browser's session still works for other requests.
  expect((await ask(['GET', '/v1/me'], browser)).status).toBe(200);
});

test('403: nor is a browser’s session taken for a program’s by another header, or by an access token made of it', async () => {
  const { cookies } = await signInByForm(stack(), other.user.username);
  const token = cookies[cookie.session]!;
  const made = await send<{ token: string }>(stack(), 'POST', '/v1/tokens', {
    token,
    json: { audience: 'latchkey' },
  });
  for (const shown of [token, made.json.token])
    expect((await send(stack(), ...exporting, { token: shown })).status).toBe(200);
  stack().clock.offsetSeconds += 602;
  expect(await send(stack(), ...exporting, { token })).toMatchObject(refused);
  const later = await send<{ token: string }>(stack(), 'POST', '/v1/tokens', {
    token,
    json: { audience: 'latchkey' },
  });
  expect(await send(stack(), ...exporting, { token: later.json.token })).toMatchObject(refused);
});

test('403 C94: an invite for an administrator that is over, and who has the role without a proven mailbox, are revived by who has just signed in', async () => {
  const [over] = await invite(stack(), admin, { role: 'admin' });
  const [open] = await invite(stack(), admin, { role: 'admin' });
  const [guests] = await invite(stack(), admin);
  for (const { id } of [over!, guests!]) await changeInvite(stack(), admin, id, 'revoke');
  const browser = await signInByForm(stack(), admin.user.username);
  stack().clock.offsetSeconds += 602;
  const reissue = ({ id }: { id: string }) =>
    ask(['POST', `/v1/admin/invites/${id}/reissue`], browser, { send: false });
  expect(await reissue(over!)).toMatchObject(refused);
  expect(await shownInvite(stack(), admin, over!.id)).toMatchObject({ status: 'revoked' });
  for (const one of [open!, guests!]) expect((await reissue(one)).status).toBe(200);
  const batch = (action: string) =>
    ask(['POST', '/v1/admin/invites/batch'], browser, { ids: [over!.id], action });
  expect(await batch('reissue')).toMatchObject(refused);
  expect((await batch('revoke')).status).toBe(200);
  const [used] = await invite(stack(), admin, { role: 'admin' });
  await register(stack(), tokenOf(used!.url));
  const [mailed] = await invite(stack(), admin, { emails: [somebody().email] });
  const renew = (ids: string[]) =>
    ask(['POST', '/v1/admin/invites/batch'], browser, { ids, action: 'reissue' });
  await stack().settle();
  const before = stack().mails().length;
  expect(await renew([mailed!.id, over!.id]), 'before any is renewed').toMatchObject(refused);
  await stack().settle();
  expect(stack().mails()).toHaveLength(before);
  expect((await renew([mailed!.id, used!.id])).json, 'one that is used').toMatchObject({
    items: [{ result: 'done' }, { result: 'invite_used' }],
  });
  const vouch = { emailVerified: true };
  expect(await ask(['PATCH', `/v1/admin/users/${other.user.id}`], browser, vouch)).toMatchObject(refused);
  expect((await changeInvite(stack(), admin, over!.id, 'reissue')).status, 'a program').toBe(200);
});

test('403: roles and branches are changed by who has just signed in; what else administrators do is not asked', async () => {
  const browser = await signInByForm(stack(), admin.user.username);
  stack().clock.offsetSeconds += 602;
  const change = (json: object) => ask(['PATCH', `/v1/admin/users/${other.user.id}`], browser, json);
  expect(await change({ role: 'admin' })).toMatchObject(refused);
  expect(await change({ role: 'admin', disabled: false })).toMatchObject(refused);
  expect((await change({ limits: { invites: 3 } })).status).toBe(200);
  // A disabled administrator still has the role.
  expect((await change({ disabled: true })).status).toBe(200);
  expect(await change({ disabled: false })).toMatchObject(refused);
  expect((await changeUser(stack(), admin, other.user.id, { disabled: false })).status).toBe(200);
  // Without this check, an invite for an administrator would bypass the rule.
  const makeInvite = (role: string) => ask(['POST', '/v1/admin/invites'], browser, { role });
  expect(await makeInvite('admin')).toMatchObject(refused);
  expect((await makeInvite('general')).status).toBe(201);
  const branch = `/v1/admin/users/${other.user.id}/branch`;
  const { json } = await send<{ preview: string }>(stack(), 'GET', branch, { token: admin.session.token });
  const revoke = () => ask(['POST', `${branch}/revoke`], browser, { preview: json.preview });
  expect(await revoke()).toMatchObject(refused);
  expect((await ask(['GET', branch], browser)).status).toBe(200);

  await browser.submit(await browser.get('/login?again'), '/login', { password });
  expect((await revoke()).status).toBe(200);
  expect((await makeInvite('admin')).status).toBe(201);
  expect((await change({ role: 'general' })).status).toBe(200);
});

test('303 R4.6: the form is shown to who is signed in, says why, knows the name, and begins a session in place of theirs', async () => {
  const browser = await signInByForm(stack(), other.user.email!);
  const before = browser.cookies[cookie.session];
  const form = await browser.get('/login?again&next=%2Faccount');
  expectPage(form, 200, 'Confirm that it is you');
  expect(form.text).not.toContain('href="/register');
  const { login, again, next } = fieldsOf(form.text);
  expect({ login, again, next }).toEqual({ login: other.user.username, again: 'yes', next: '/account' });
  const wrong = await browser.submit(form, '/login', { password: 'wrong' });
  expectPage(wrong, 401, 'Confirm that it is you', 'value="/login?again&amp;next=%2Faccount"');
  const done = await browser.submit(wrong, '/login', { password });
  expect(done).toMatchObject({ status: 303, headers: { location: '/account' } });
  expect(browser.cookies[cookie.session]).not.toBe(before);
  const old = await page(stack(), '/account', { cookies: { [cookie.session]: before! } });
  expect(old.headers['location']).toContain('/login');
  expectPage(await new Visitor(stack()).get('/login?again&next=%2Faccount'), 200, 'href="/register?next=');
});

test('200 C69: the form names nobody to a browser that only has the cookie of a bound session', async () => {
  const { visitor, who } = await boundVisitor(stack(), admin);
  const { text } = await visitor.get('/login?again');
  expect(text).toContain('Confirm that it is you');
  expect(text).not.toContain(who.username);
  expect(text).not.toContain(who.email);
});

test('200: who has a device key and no password proves it each time, and is not asked for more', async () => {
  const device = await newDevice();
  const invite = { kind: 'device-only', passphrase: 'open sesame' };
  const { visitor, form } = await invited(stack(), await openInvite(stack(), admin, invite));
  const { passphrase } = invite;
  await visitor.submit(form, '/register', { passphrase, deviceKey: JSON.stringify(device.deviceKey) });
  stack().clock.offsetSeconds += 602;
  const home = await visitor.get('/');
  const beside = /data-session="([^"]+)"/.exec(home.text)?.[1];
  const dpop = await prove(stack(), device, { path: exporting[1], beside });
  expect((await ask(exporting, visitor, undefined, { dpop })).status).toBe(200);
  // An app needs no new sign-in either: its page has the device's key prove itself.
  for (const wish of [{ max_age: '60' }, { prompt: 'login' }]) {
    const asked = await visitor.get(authorizePath(newPkce().challenge, wish));
    expectPage(asked, 200, 'Continue to Portal');
  }
});

test('303 R6.1: where devices alone identify people, an app that wants a fresh sign-in leads who has a password to its form', async () => {
  stack().deploy({ deviceOnly: true });
  const browser = await signInByForm(stack(), other.user.username);
  stack().clock.offsetSeconds += 602;
  const asked = await browser.get(authorizePath(newPkce().challenge, { max_age: '60' }));
  const form = await browser.get(String(asked.headers['location']));
  expectPage(form, 200, 'Confirm that it is you');
  const next = fieldsOf(form.text)['next']!.replaceAll('&amp;', '&');
  const done = await browser.submit(form, '/login', { password, next });
  const back = await browser.get(String(done.headers['location']));
  expect(back.headers['location']).toMatch(/^https:\/\/portal\.example\.com\/callback\?code=/);
});
