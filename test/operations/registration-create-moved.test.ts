import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { deedsOf } from '../harness/people/accounts.ts';
import { newDevice, prove, type TestDevice } from '../harness/people/devices.ts';
import { send } from '../harness/http/http.ts';
import { invite, password, somebody, tokenOf, type SignedIn } from '../harness/people/people.ts';

const { stack, admin } = useAdmin();

const passphrase = 'open sesame';
const enter = ({ deviceKey }: TestDevice, json: object, headers: Record<string, string> = {}) =>
  send<SignedIn>(stack(), 'POST', '/v1/register', {
    json: { transport: 'token', passphrase, deviceKey, ...json },
    headers,
  });
const reissue = (id: string) =>
  send<{ url: string }>(stack(), 'POST', `/v1/admin/invites/${id}/reissue`, {
    json: {},
    token: admin.session.token,
  });
async function me(device: TestDevice, { session }: SignedIn) {
  const dpop = await prove(stack(), device, { beside: session.token });
  return await send<SignedIn['user']>(stack(), 'GET', '/v1/me', { token: session.token, headers: { dpop } });
}

/** A user known by a device alone, and the invite that let them in. */
async function deviceUser() {
  const [row] = await invite(stack(), admin, { kind: 'device-only', passphrase });
  const device = await newDevice();
  const { json } = await enter(device, { token: tokenOf(row!.url) });
  return { id: row!.id, url: row!.url, device, signedIn: json };
}

test('201 C33 R3.4 R3.10 C103: a re-issued invite moves its user to a new device; the old device is out, and the trail says so', async () => {
  const { id, url, device, signedIn } = await deviceUser();
  const fresh = await reissue(id);
  expect(fresh.status).toBe(200);
  expect(fresh.json, 'no mail is owed').not.toHaveProperty('delivery');
  const phone = await newDevice();
  expect((await enter(phone, { token: tokenOf(url) })).status, 'the old link').toBe(404);
  const moved = await enter(phone, { token: tokenOf(fresh.json.url) }, { 'user-agent': 'phone/2' });
  expect(moved).toMatchObject({ status: 201, json: { user: signedIn.user, session: { deviceBound: true } } });
  expect(await deedsOf(stack(), signedIn)).toEqual(['registration done', 'device.move done']);
  expect((await me(phone, moved.json)).status).toBe(200);
  expect((await me(device, signedIn)).status, 'C34: sessions of the old device').toBe(401);
  for (const token of [url, fresh.json.url].map(tokenOf))
    expect((await enter(device, { token })).status, 'the old device again').toBeGreaterThanOrEqual(400);
  const { json } = await send<{ usedBy: object[]; uses: number }>(stack(), 'GET', `/v1/admin/invites/${id}`, {
    token: admin.session.token,
  });
  expect(json).toMatchObject({ uses: 1, usedBy: [{ userId: signedIn.user.id, device: 'phone' }] });
});

test('422 C33: the link alone moves nobody: it wants the pass phrase, and serves once', async () => {
  const { id, signedIn } = await deviceUser();
  const token = tokenOf((await reissue(id)).json.url);
  const [one, other] = [await newDevice(), await newDevice()];
  expect((await enter(one, { token, passphrase: 'wrong' })).status).toBe(422);
  const answers = await Promise.all([enter(one, { token }), enter(other, { token })]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 422]);
  expect(answers.find(({ status }) => status === 201)!.json.user.id).toBe(signedIn.user.id);
});

test('201 C3: who moved and lost the answer comes in by repeating it', async () => {
  const { id, signedIn } = await deviceUser();
  const token = tokenOf((await reissue(id)).json.url);
  const phone = await newDevice();
  const answers = [await enter(phone, { token }), await enter(phone, { token })];
  for (const { status, json } of answers)
    expect({ status, id: json.user.id }).toEqual({ status: 201, id: signedIn.user.id });
});

test('403 C33: repeating a registration brings nobody in by another device, or by none', async () => {
  const [row] = await invite(stack(), admin, { kind: 'device' });
  const [device, other] = [await newDevice(), await newDevice()];
  const json = { token: tokenOf(row!.url), ...somebody(), password, passphrase: undefined };
  expect((await enter(device, json)).status).toBe(201);
  expect((await enter(device, json)).status).toBe(201);
  for (const repeat of [await enter(other, json), await enter(device, { ...json, deviceKey: undefined })])
    expect(repeat).toMatchObject({ status: 403, json: { code: 'device_mismatch' } });
});

test('422: only an invite that one device used can be re-issued after its use', async () => {
  const [row] = await invite(stack(), admin);
  await send(stack(), 'POST', '/v1/register', {
    json: { token: tokenOf(row!.url), transport: 'token', ...somebody() },
  });
  const [forTwo] = await invite(stack(), admin, { kind: 'device-only', passphrase, maxUses: 2 });
  for (const device of [await newDevice(), await newDevice()])
    expect((await enter(device, { token: tokenOf(forTwo!.url) })).status).toBe(201);
  for (const { id } of [row!, forTwo!])
    expect(await reissue(id)).toMatchObject({ status: 422, json: { code: 'invite_used' } });
});
