import { describe, expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { leaks } from '../harness/stack/canary.ts';
import { newDevice, prove } from '../harness/people/devices.ts';
import { attempt, refusedFields, tally, untilAnswered } from '../harness/people/guests.ts';
import { send } from '../harness/http/http.ts';
import { linkState } from '../harness/invites/invites.ts';
import { readInvite } from '../harness/invites/inviting.ts';
import { invite, openInvite, somebody, tokenOf } from '../harness/people/people.ts';
import { overtake } from '../harness/stack/meanwhile.ts';
import { footprint, growth, numberOf, rowsOf, textOf } from '../harness/stack/rows.ts';
import { enterWindow } from '../harness/stack/time.ts';

const { stack, admin } = useAdmin();

const passphrase = 'ひらけごま sesame';
/** The token of a new invite for devices alone. */
const deviceInvite = (wish: object = {}) =>
  openInvite(stack(), admin, { kind: 'device-only', passphrase, ...wish });
/** Registers as a device, whatever comes of it. */
const enter = (json: object) =>
  attempt(stack(), { email: undefined, username: undefined, password: undefined, passphrase, ...json });

describe('an account that is bound to one device', () => {
  test('201 R3.3: registers with the key, whose thumbprint stands at the session and the user', async () => {
    const { deviceKey, thumbprint } = await newDevice();
    const token = await openInvite(stack(), admin, { kind: 'device' });
    const { status, json } = await attempt(stack(), { token, deviceKey });
    expect(status).toBe(201);
    expect(json.session).toMatchObject({ deviceBound: true });
    const dump = await stack().dumpTables();
    const [session] = rowsOf(dump, 'sessions', 'id', json.session!.id);
    const [user] = rowsOf(dump, 'users', 'pk', `user#${json.user!.id}`);
    expect(textOf(session!, 'keyThumbprint')).toBe(thumbprint);
    expect(textOf(user!, 'device')).toBe(thumbprint);
  });

  test('422 R3.3 C9: no key, and the invite stays usable', async () => {
    const token = await openInvite(stack(), admin, { kind: 'device' });
    expect(refusedFields(await attempt(stack(), { token }))).toEqual([422, 'invalid', 'deviceKey']);
    expect(await linkState(stack(), token)).toBe('active');
  });

  test('201 R3.3: with an open invite a key binds the session, not the account', async () => {
    const { deviceKey } = await newDevice();
    const token = await openInvite(stack(), admin);
    const { json } = await attempt(stack(), { token, deviceKey });
    expect(json.session).toMatchObject({ deviceBound: true });
    const [user] = rowsOf(await stack().dumpTables(), 'users', 'pk', `user#${json.user!.id}`);
    expect(user).not.toHaveProperty('device');
  });
});

test.each<[string, (device: Awaited<ReturnType<typeof newDevice>>) => object]>([
  ['with its secret', ({ deviceKey, d }) => ({ ...deviceKey, d })],
  ['with more than a key', ({ deviceKey }) => ({ ...deviceKey, kid: 'mine' })],
  ['of another curve', ({ deviceKey }) => ({ ...deviceKey, crv: 'P-384' })],
  ['for another use', () => ({ kty: 'oct', k: 'AAAA' })],
  ['without its half', ({ deviceKey: { kty, crv, x } }) => ({ kty, crv, x })],
  ['too short', ({ deviceKey }) => ({ ...deviceKey, x: 'AAAA' })],
])('422 C6: a device key %s is refused, and kept nowhere', async (_, spoil) => {
  const device = await newDevice();
  const token = await openInvite(stack(), admin, { kind: 'device' });
  const before = await stack().dumpTables();
  const answer = await attempt(stack(), { token, deviceKey: spoil(device) });
  expect({ status: answer.status, code: answer.json.code }).toEqual({ status: 422, code: 'invalid' });
  for (const { path } of answer.json.errors!) expect(path).toMatch(/^deviceKey\./);
  expect(await stack().dumpTables()).toEqual(before);
  expect(leaks(JSON.stringify(stack().logs()) + answer.text, { d: device.d })).toEqual([]);
});

describe('devices alone', () => {
  test('201 R3.4: the pass phrase registers this device, without address and password', async () => {
    const device = await newDevice();
    const { deviceKey, thumbprint } = device;
    const before = await footprint(stack());
    const { status, json } = await enter({ token: await deviceInvite(), deviceKey });
    expect(status).toBe(201);
    expect(json.user).toMatchObject({
      username: expect.stringMatching(/^[a-z0-9]{3,32}$/) as string,
      email: null,
      emailVerified: false,
      role: 'general',
    });
    expect(json.session).toMatchObject({ deviceBound: true });
    const { token } = json.session!;
    const dpop = await prove(stack(), device, { beside: token });
    expect((await send(stack(), 'GET', '/v1/me', { token, headers: { dpop } })).status).toBe(200);
    const none = { emails: 0, credentials: 0 };
    const one = { users: 1, usernames: 1, redemptions: 1, sessions: 1 };
    expect(await growth(stack(), before)).toEqual({ ...none, ...one });
    const [user] = rowsOf(await stack().dumpTables(), 'users', 'pk', `user#${json.user!.id}`);
    expect(textOf(user!, 'device')).toBe(thumbprint);
  });

  test('429 R3.4: what asks for a proven mailbox is open to a device', async () => {
    const device = await newDevice();
    const { json } = await enter({ token: await deviceInvite(), deviceKey: device.deviceKey });
    const { token } = json.session!;
    const dpop = await prove(stack(), device, { method: 'POST', path: '/v1/invites', beside: token });
    const wish = { json: { email: somebody().email }, token, headers: { dpop } };
    const answer = await send(stack(), 'POST', '/v1/invites', wish);
    expect(answer).toMatchObject({ status: 429, json: { code: 'quota_exceeded' } });
  });

  test('201 R3.4: the code of the invite does as well as its link', async () => {
    const [row] = await invite(stack(), admin, { kind: 'device-only', passphrase });
    const { deviceKey } = await newDevice();
    expect((await enter({ code: row!.code, deviceKey })).status).toBe(201);
    expect((await readInvite(stack(), admin, row!.id)).json.usedBy).toHaveLength(1);
  });

  test('201 R4.4: the pass phrase is kept as a password is: peppered, hashed, its cost beside it', async () => {
    const secret = 'Quite-unmistakable-phrase 9';
    const [row] = await invite(stack(), admin, { kind: 'device-only', passphrase: secret });
    const { deviceKey } = await newDevice();
    await enter({ token: tokenOf(row!.url), deviceKey, passphrase: secret });
    const dump = await stack().dumpTables();
    const rows = rowsOf(dump, 'invites', 'pk', `invite#${row!.id}`);
    const kept = rows.find((one) => textOf(one, 'sk') === 'passphrase');
    expect(textOf(kept!, 'hash')).toMatch(/^\$2b\$04\$.{53}$/);
    expect({ algorithm: textOf(kept!, 'algorithm'), cost: numberOf(kept!, 'cost') }).toEqual({
      algorithm: 'bcrypt',
      cost: 4,
    });
    expect(textOf(kept!, 'pepperKey')).toMatch(/^arn:aws:kms:/);
    expect(leaks(JSON.stringify(dump) + JSON.stringify(stack().logs()), { secret })).toEqual([]);
    const { json, text } = await readInvite(stack(), admin, row!.id);
    expect(json.kind).toBe('device-only');
    expect(text).not.toMatch(/\$2b\$|passphrase/);
  });

  test('422 R3.4 C9: each way of mixing devices and accounts is refused at its field', async () => {
    const { deviceKey } = await newDevice();
    const token = await deviceInvite();
    const open = await openInvite(stack(), admin);
    const { email, username, password } = somebody();
    const beside = await enter({ token, deviceKey, email });
    expect(beside.json.errors).toMatchObject([{ message: expect.stringContaining('leave out address') }]);
    const before = await footprint(stack());
    const mixed: [object, ...string[]][] = [
      [{ token, deviceKey, email }, 'passphrase'],
      [{ token, deviceKey, username }, 'passphrase'],
      [{ token, deviceKey, password }, 'passphrase'],
      [{ token }, 'deviceKey'],
      [{ token, deviceKey, passphrase: undefined, email, username, password }, 'passphrase'],
      [{ token, deviceKey, passphrase: undefined }, 'email', 'username', 'password'],
      [{ token, deviceKey, passphrase: '' }, 'passphrase'],
      [{ token, deviceKey, passphrase: 'x'.repeat(201) }, 'passphrase'],
      [{ token: open, deviceKey }, 'passphrase'],
    ];
    for (const [json, ...fields] of mixed) {
      expect(refusedFields(await enter(json)), JSON.stringify(json)).toEqual([422, 'invalid', ...fields]);
    }
    expect(Object.values(await growth(stack(), before))).toEqual([0, 0, 0, 0, 0, 0]);
    expect([await linkState(stack(), token), await linkState(stack(), open)]).toEqual(['active', 'active']);
  });
});

describe('the same device again', () => {
  test('201 C3: after a lost answer it is the same user, with the right phrase alone', async () => {
    const [row] = await invite(stack(), admin, { kind: 'device-only', passphrase, maxUses: 3 });
    const token = tokenOf(row!.url);
    const { deviceKey } = await newDevice();
    const [first, second] = [await enter({ token, deviceKey }), await enter({ token, deviceKey })];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.json.user).toEqual(first.json.user);
    expect(second.json.session!.id).not.toBe(first.json.session!.id);
    expect(second.json.session).toMatchObject({ deviceBound: true });
    const wrong = await enter({ token, deviceKey, passphrase: 'wrong phrase' });
    expect(refusedFields(wrong)).toEqual([422, 'invalid', 'passphrase']);
    expect((await readInvite(stack(), admin, row!.id)).json).toMatchObject({ uses: 1, usesLeft: 2 });
  });

  test('201 C3: also when the invite has been used up since', async () => {
    const token = await deviceInvite();
    const { deviceKey } = await newDevice();
    const first = await enter({ token, deviceKey });
    expect(await linkState(stack(), token)).toBe('used');
    expect((await enter({ token, deviceKey })).json.user).toEqual(first.json.user);
    const { deviceKey: another } = await newDevice();
    expect((await enter({ token, deviceKey: another })).json.code).toBe('invite_used');
  });

  test('201 C1 C3: a request that another one of the device overtakes at its write is that one again', async () => {
    enterWindow(stack(), 650);
    const token = await deviceInvite({ maxUses: 10 });
    const { deviceKey } = await newDevice();
    const request = () => enter({ token, deviceKey });
    const answers = await overtake(stack(), 'registration-create', request, request);
    expect(tally(answers)).toEqual({ '201': 2 });
    expect(new Set(answers.map(({ json }) => json.user!.id)).size).toBe(1);
  });

  test('201 C1 C3: ten times at once it is one user and one use', async () => {
    enterWindow(stack(), 600);
    const token = await deviceInvite({ maxUses: 10 });
    const { deviceKey } = await newDevice();
    const before = await footprint(stack());
    const requests = Array.from({ length: 10 }, () => () => enter({ token, deviceKey }));
    const answers = await untilAnswered(stack(), requests);
    expect(tally(answers)).toEqual({ '201': 10 });
    expect(new Set(answers.map(({ json }) => json.user!.id)).size).toBe(1);
    expect(await growth(stack(), before)).toMatchObject({ users: 1, redemptions: 1, sessions: 10 });
  });
});
