import { beforeAll, expect, test } from 'vitest';
import { send } from '../harness/http/http.ts';
import { verifiedUser } from '../harness/invites/inviting.ts';
import { changeUser } from '../harness/people/managing.ts';
import { newDevice } from '../harness/people/devices.ts';
import { attempt, newAddress } from '../harness/people/guests.ts';
import { invite, openInvite, password, somebody, tokenOf, type SignedIn } from '../harness/people/people.ts';
import { useAdmin } from '../harness/stack/admin.ts';

const { stack, admin } = useAdmin();
let who: SignedIn;
beforeAll(async () => {
  who = await verifiedUser(stack(), admin);
});

test('201 C83: null for every optional field of an invite, where null is not itself a wish', async () => {
  const optional = { emails: null, kind: null, maxUses: null, role: null, note: null, passphrase: null };
  const [row] = await invite(stack(), admin, {
    ...optional,
    code: null,
    locale: null,
    send: null,
    count: null,
  });
  expect(row).toMatchObject({ result: 'invited', expiresAt: expect.any(String) });
  const [endless] = await invite(stack(), admin, { ...optional, expiresInDays: null });
  expect(endless!.expiresAt).toBeNull();
});

test('201 C83: null for what a guest or somebody who signs in leaves out', async () => {
  const token = await openInvite(stack(), admin);
  const left = {
    firstName: null,
    lastName: null,
    locale: null,
    deviceId: null,
    deviceKey: null,
    captcha: null,
  };
  const mine = somebody();
  const { status, json } = await attempt(stack(), { token, code: null, passphrase: null, ...left, ...mine });
  expect({ status, user: json.user }).toMatchObject({ status: 201, user: { username: mine.username } });
  const signIn = { login: mine.username, password, deviceId: null, flow: null, code: null, captcha: null };
  const answer = await send(stack(), 'POST', '/v1/sessions', { json: { ...signIn, transport: 'token' } });
  expect(answer.status).toBe(201);
});

test('200 C83: null changes nothing beside what is changed', async () => {
  const { token } = who.session;
  await send(stack(), 'PATCH', '/v1/me', { token, json: { firstName: 'Mei', lastName: 'Lin' } });
  const json = { firstName: 'Mia', lastName: null, username: null, locale: null };
  const changed = await send(stack(), 'PATCH', '/v1/me', { token, json });
  expect(changed).toMatchObject({ status: 200, json: { firstName: 'Mia', lastName: 'Lin' } });
  // If null is itself a value, it keeps its meaning: the deployment's own limit.
  await changeUser(stack(), admin, who.user.id, { limits: { invites: 3 }, role: null });
  const back = await changeUser(stack(), admin, who.user.id, { limits: { invites: null }, disabled: null });
  expect(back.status).toBe(200);
});

test('422 C83: null for what must be there is as if it was not', async () => {
  const token = await openInvite(stack(), admin);
  const { json } = await attempt(stack(), { token, email: null, username: null, password: null });
  expect(json.errors!.map(({ path }) => path)).toEqual(['email', 'username', 'password']);
});

const typedAround = [' X', 'X\n', '\r\n X\t', '\ufeffX\u200b', '\u3000X\u3000'];
test.each(typedAround)('C83: logins, names, codes and addresses are taken in %j', async (around) => {
  const typed = (text: string) => around.replace('X', text);
  const [row] = await invite(stack(), admin);
  const mine = somebody();
  const json = { code: typed(row!.code!), email: typed(mine.email), username: typed(mine.username) };
  const { status, json: answer } = await attempt(stack(), json);
  expect({ status, user: answer.user }).toMatchObject({
    status: 201,
    user: { email: mine.email, username: mine.username },
  });
  for (const login of [mine.email, mine.username]) {
    const sent = { json: { login: typed(login), password, transport: 'token' } };
    expect((await send(stack(), 'POST', '/v1/sessions', sent)).status, login).toBe(201);
  }
});

test.each(typedAround)(
  '201 C83 R3.4: a pass phrase is taken in %j, of whoever chooses it and of the guest',
  async (around) => {
    const passphrase = 'open sesame';
    const typed = around.replace('X', passphrase);
    const wish = { kind: 'device-only', maxUses: 4 };
    const enter = async (chosen: string, guest: string) => {
      const [row] = await invite(stack(), admin, { ...wish, passphrase: chosen });
      const { deviceKey } = await newDevice();
      const json = { token: tokenOf(row!.url), passphrase: guest, deviceKey, transport: 'token' };
      return (await send(stack(), 'POST', '/v1/register', { json, from: newAddress() })).status;
    };
    expect(await enter(passphrase, typed)).toBe(201);
    expect(await enter(typed, passphrase)).toBe(201);
    expect(await enter(passphrase, typed.replace(' sesame', '  sesame'))).toBe(422);
  },
);

test('422 C83: blanks make no pass phrase long enough', async () => {
  const json = { kind: 'device-only', passphrase: '  abc   ' };
  const { token } = admin.session;
  const answer = await send(stack(), 'POST', '/v1/admin/invites', { token, json });
  expect(answer).toMatchObject({ status: 422, json: { errors: [{ path: 'passphrase' }] } });
});
