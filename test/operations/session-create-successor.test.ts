import { expect, test } from 'vitest';
import { authorizePath, exchange, newPkce, refresh, returned, type Tokens } from '../harness/apps/door.ts';
import { send } from '../harness/http/http.ts';
import { Visitor } from '../harness/http/visitor.ts';
import { boundUser } from '../harness/invites/inviting.ts';
import { newDevice, prove } from '../harness/people/devices.ts';
import { readUser } from '../harness/people/managing.ts';
import { mailedGuest, password, type SignedIn } from '../harness/people/people.ts';
import { numberOf, rowsOf, textOf } from '../harness/stack/rows.ts';
import { daySeconds } from '../harness/stack/time.ts';
import { useAdmin } from '../harness/stack/admin.ts';

const { stack, admin } = useAdmin();

const login = (visitor: Visitor, name: string) => visitor.post('/login', { login: name, password });
/** A browser in which a user has signed in twice, the second time over the first session. */
async function signedInOver({ user }: SignedIn): Promise<Visitor> {
  const visitor = new Visitor(stack());
  await login(visitor, user.username);
  await login(visitor, user.username);
  return visitor;
}
const signInToPortal = async (visitor: Visitor): Promise<Tokens> => {
  const { verifier, challenge } = newPkce();
  const { code } = returned(await visitor.get(authorizePath(challenge)));
  return (await exchange(stack(), { code: code!, verifier })).json;
};
const rowsWith = async (start: string, { user }: SignedIn) =>
  rowsOf(await stack().dumpTables(), 'sessions', 'userId', user.id).filter((row) =>
    textOf(row, 'id').startsWith(start),
  );

test('R4.5 R1.1: the row that says which session took the place of another is no session and no device to anybody', async () => {
  const who = await mailedGuest(stack(), admin);
  await signedInOver(who);
  const { token } = who.session;
  const [row, ...more] = await rowsWith('device#successor#', who);
  expect(more).toEqual([]);
  const id = textOf(row!, 'id');
  const get = async <Body>(path: string) => (await send<Body>(stack(), 'GET', path, { token })).json;
  const { items } = await get<{ items: { id: string }[] }>('/v1/sessions');
  expect(items.map((one) => one.id).toSorted()).toEqual(
    [who.session.id, textOf(row!, 'sessionId')].toSorted(),
  );
  const path = `/v1/sessions/${encodeURIComponent(id)}`;
  expect((await send(stack(), 'DELETE', path, { token })).status).toBe(404);
  expect(await rowsWith('device#successor#', who)).toHaveLength(1);
  const exported = await get<Record<'sessions' | 'devices', { items: object[] }>>('/v1/me/export');
  expect([exported.sessions.items.length, exported.devices.items.length]).toEqual([2, 1]);
  expect(JSON.stringify(exported)).not.toMatch(/successor|firstId/);
  expect((await readUser(stack(), admin, who.user.id)).json.sessions).toMatchObject({ count: 2 });
});

test('R4.6: nothing of it is left of who deletes their account', async () => {
  const who = await mailedGuest(stack(), admin);
  await signedInOver(who);
  const sent = { token: who.session.token, json: { password } };
  expect((await send(stack(), 'DELETE', '/v1/me', sent)).status).toBe(204);
  expect(await rowsWith('', who)).toEqual([]);
});

test('R4.5: a sign-in forgets which sessions were in the place of others and are over, and no other', async () => {
  const who = await mailedGuest(stack(), admin);
  for (const _ of [1, 2]) await (await signedInOver(who)).post('/logout', {});
  const kept = await signedInOver(who);
  const tokens = await signInToPortal(kept);
  await login(kept, who.user.username);
  expect(await rowsWith('device#successor#', who), 'read at once with what was just stored').toHaveLength(3);
  stack().clock.offsetSeconds += 61;
  await login(new Visitor(stack()), who.user.username);
  expect(await rowsWith('device#successor#', who)).toHaveLength(1);
  expect((await refresh(stack(), tokens.refresh_token!)).status).toBe(200);
});

test('R6.5: what an app was granted is kept for as long as the session that took the place of the first may last', async () => {
  stack().deploy({ sessionAbsoluteDays: 30 });
  const who = await mailedGuest(stack(), admin);
  const visitor = await signedInOver(who);
  const tokens = await signInToPortal(visitor);
  stack().clock.offsetSeconds += 29 * daySeconds;
  await login(visitor, who.user.username);
  const { json } = await refresh(stack(), tokens.refresh_token!);
  const grants = rowsOf(await stack().dumpTables(), 'grants', 'userId', who.user.id);
  const grant = grants.find((row) => textOf(row, 'codeHash') !== '');
  const session = (await rowsWith('', who)).find(
    (row) => textOf(row, 'id') === visitor.cookies['__Host-session']!.split('.')[1],
  );
  const until = numberOf(session!, 'absoluteExpiresAt');
  expect(numberOf(grant!, 'ttl')).toBe(Math.ceil(until / 1_000));
  stack().clock.offsetSeconds += 29 * daySeconds;
  expect((await refresh(stack(), json.refresh_token!)).status).toBe(200);
});

test('C101 R6.5: what was granted while an account had lost its binding ends with the sign-in that binds it again', async () => {
  const { who, signedIn } = await boundUser(stack(), admin);
  const { token } = admin.session;
  await send(stack(), 'PATCH', `/v1/admin/users/${signedIn.user.id}`, { token, json: { device: null } });
  const visitor = new Visitor(stack());
  await login(visitor, who.username);
  const tokens = await signInToPortal(visitor);
  const device = await newDevice();
  const { status } = await send(stack(), 'POST', '/v1/sessions', {
    json: { login: who.username, password, deviceKey: device.deviceKey },
    cookies: visitor.cookies,
    headers: {
      origin: stack().app,
      dpop: await prove(stack(), device, { method: 'POST', path: '/v1/sessions' }),
    },
  });
  expect(status).toBe(201);
  expect((await refresh(stack(), tokens.refresh_token!)).json).toMatchObject({ error: 'invalid_grant' });
});
