/** @module-tag engine */
import { expect, test } from 'vitest';
import { noticeTexts } from '#shared/mail/notice-texts.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { newDevice, prove, type TestDevice } from '../harness/people/devices.ts';
import { send } from '../harness/http/http.ts';
import { boundUser } from '../harness/invites/inviting.ts';
import { deedsOf, subjectsTo } from '../harness/people/accounts.ts';
import { isSignedIn } from '../harness/people/guests.ts';
import { invite, mailedToken, password, register, somebody } from '../harness/people/people.ts';
import type { SignedIn } from '../harness/people/people.ts';

const { stack, admin } = useAdmin();

const unbind = (id: string) =>
  send(stack(), 'PATCH', `/v1/admin/users/${id}`, {
    token: admin.session.token,
    json: { device: null },
  });
async function signIn(login: string, device?: TestDevice) {
  const sent = { method: 'POST', path: '/v1/sessions' };
  return send<SignedIn>(stack(), 'POST', '/v1/sessions', {
    json: { login, password, transport: 'token', ...(device && { deviceKey: device.deviceKey }) },
    ...(device && { headers: { dpop: await prove(stack(), device, sent) } }),
  });
}

test('C101: an account whose binding an administrator took off is bound again by the next sign-in that proves a key', async () => {
  const { who, signedIn } = await boundUser(stack(), admin);
  expect((await unbind(signedIn.user.id)).json).toMatchObject({ deviceBound: false });
  const loose = await signIn(who.username);
  expect(loose.status, 'until then it has none').toBe(201);
  const [phone, other] = [await newDevice(), await newDevice()];
  const bound = await signIn(who.username, phone);
  expect(bound).toMatchObject({ status: 201, json: { session: { deviceBound: true } } });
  expect(await isSignedIn(stack(), loose.json.session.token), 'who came in meanwhile').toBe(false);
  for (const device of [undefined, other])
    expect(await signIn(who.username, device)).toMatchObject({
      status: 403,
      json: { code: 'device_mismatch' },
    });
  expect((await signIn(who.username, phone)).status).toBe(201);
  expect(await deedsOf(stack(), signedIn)).toContain('device.move done');
});

test('C101: of two devices that come at once, one is bound', async () => {
  const { who, signedIn } = await boundUser(stack(), admin);
  await unbind(signedIn.user.id);
  const devices = await Promise.all(Array.from({ length: 4 }, newDevice));
  await Promise.all(devices.map((device) => signIn(who.username, device)));
  const again = await Promise.all(devices.map((device) => signIn(who.username, device)));
  expect(again.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 403, 403, 403]);
});

test('C101: an account that was never bound is not bound by a key that comes with a sign-in', async () => {
  const { user } = await register(
    stack(),
    (await invite(stack(), admin))[0]!.url.split('/').at(-1)!,
    somebody(),
  );
  expect((await signIn(user.username, await newDevice())).status).toBe(201);
  expect((await signIn(user.username)).status).toBe(201);
});

test('C101 C103: its owner is told that the binding was taken off, and of the device that it is bound to', async () => {
  const who = somebody('bound');
  const device = await newDevice();
  await invite(stack(), admin, { kind: 'device', emails: [who.email] });
  const { deviceKey } = device;
  const { user } = await register(stack(), await mailedToken(stack(), who.email), { ...who, deviceKey });
  const before = (await subjectsTo(stack(), who.email)).length;
  await unbind(user.id);
  await signIn(who.username, await newDevice());
  const subjects = (await subjectsTo(stack(), who.email)).slice(before);
  expect(subjects).toHaveLength(2);
  expect(subjects[0]).toContain('device');
  expect(subjects[1]).toContain('New sign-in');
  const told = stack().mails(who.email)[before]!.text;
  expect(told, 'whoever asked an administrator for it').toContain(noticeTexts.bindingMine.en);
  expect(told, 'which an administrator did').not.toContain(noticeTexts.noticeMine.en);
});
