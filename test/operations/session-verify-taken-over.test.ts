/** @module-tag engine */
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { userRef } from '#shared/users/user-rows.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { send } from '../harness/http/http.ts';
import { page } from '../harness/http/pages.ts';
import { mailedCode } from '../harness/people/codes.ts';
import { newDevice, prove } from '../harness/people/devices.ts';
import { mailedGuest, openInvite, password, somebody } from '../harness/people/people.ts';
import type { SignedIn } from '../harness/people/people.ts';
import { subjectsTo } from '../harness/people/accounts.ts';
import { insiderOf } from '../harness/stack/insider.ts';
import { rowsOf, textOf } from '../harness/stack/rows.ts';

const { stack, admin } = useAdmin();

/** A user with a proven mailbox who is signed in by a browser, and the session's cookie. */
async function owner(json: object = {}, headers: Record<string, string> = {}) {
  const { user } = await mailedGuest(stack(), admin);
  const { cookies } = await send(stack(), 'POST', '/v1/sessions', {
    json: { login: user.username, password, ...json },
    headers: { origin: stack().app, ...headers },
  });
  return { user, cookie: cookies['__Host-session']!.value };
}
const ask = (cookie: string, headers: Record<string, string> = {}) =>
  send(stack(), 'GET', '/v1/me', { cookies: { '__Host-session': cookie }, headers });

/** A request with this cookie is refused, and its answer does not mention use in two places. */
async function isOutAlone(cookie: string, how = cookie): Promise<void> {
  const { status, json } = await ask(cookie, { 'accept-language': 'en' });
  expect(status, how).toBe(401);
  expect(json.detail, how).not.toContain('two places');
}

/** The successor token that a thief gets by using a copied cookie an hour later, already taken up. */
async function takeOver(cookie: string): Promise<string> {
  stack().clock.offsetSeconds += 3_700;
  const next = (await ask(cookie)).cookies['__Host-session']!.value;
  expect((await ask(next)).status).toBe(200);
  stack().clock.offsetSeconds += 61;
  return next;
}
const told = async ({ user }: { user: SignedIn['user'] }) =>
  (await subjectsTo(stack(), user.email!)).filter((subject) => subject.includes('session'));
const lines = async ({ user }: { user: SignedIn['user'] }) => {
  const dump = await stack().dumpTables();
  return rowsOf(dump, 'audit', 'subjectId', user.id)
    .map((row) => textOf(row, 'action'))
    .filter((action) => action === 'session.taken-over');
};

test('401 C101: the owner’s old token ends the session that a thief has taken over; both are out, and the owner is told', async () => {
  const who = await owner();
  const thief = await takeOver(who.cookie);
  const answer = await ask(who.cookie, { 'accept-language': 'en' });
  expect(answer).toMatchObject({ status: 401, json: { code: 'unauthenticated' } });
  expect(answer.json.detail).toContain('two places');
  expect(answer.cookies['__Host-session']!.value).toBe('');
  expect((await ask(thief)).status, 'the thief').toBe(401);
  expect((await ask(who.cookie)).json.detail, 'said once').not.toContain('two places');
  expect(await told(who)).toHaveLength(1);
  expect(await lines(who)).toHaveLength(1);
});

test('401 C101: so does a token of any generation, and the one of the thief, whoever comes last', async () => {
  for (const late of [0, 1, 2]) {
    stack().clock.offsetSeconds = 0;
    const who = await owner();
    const tokens = [who.cookie];
    for (let turn = 0; turn < 3; turn += 1) tokens.push(await takeOver(tokens.at(-1)!));
    expect((await ask(tokens[late]!)).status, `generation ${late}`).toBe(401);
    expect((await ask(tokens[3]!)).status, `after generation ${late}`).toBe(401);
    expect(await told(who)).toHaveLength(1);
  }
});

type Owner = Awaited<ReturnType<typeof owner>>;
test.each<[string, (who: Owner) => Promise<object>]>([
  ['/v1/sessions', async ({ user }) => ({ login: user.username, password })],
  ['/v1/register', async () => ({ ...somebody(), token: await openInvite(stack(), admin) })],
  [
    '/v1/password/reset',
    async ({ user: { email } }) => ({
      email,
      ...(await mailedCode(stack(), 'password-reset', email!)),
      password: 'a new horse battery',
    }),
  ],
])('C101: so does the owner who signs in over it by %s', async (path, bodyFor) => {
  const who = await owner();
  const thief = await takeOver(who.cookie);
  const { cookies } = await send(stack(), 'POST', path, {
    json: await bodyFor(who),
    headers: { origin: stack().app },
    cookies: { '__Host-session': who.cookie },
  });
  expect((await ask(cookies['__Host-session']!.value)).status, 'the owner').toBe(200);
  expect((await ask(thief)).status, 'the thief').toBe(401);
  expect(await told(who)).toHaveLength(1);
  expect(await lines(who)).toHaveLength(1);
});

test('C101: signing in over a token that was replaced a moment ago, and still counts, tells nobody of a thief', async () => {
  const who = await owner();
  stack().clock.offsetSeconds += 3_700;
  const next = (await ask(who.cookie)).cookies['__Host-session']!.value;
  expect((await ask(next)).status).toBe(200);
  const { status } = await send(stack(), 'POST', '/v1/sessions', {
    json: { login: who.user.username, password },
    headers: { origin: stack().app },
    cookies: { '__Host-session': who.cookie },
  });
  expect(status).toBe(201);
  expect([await told(who), await lines(who)]).toEqual([[], []]);
});

test('C101: twenty old tokens at once end it once', async () => {
  const who = await owner();
  await takeOver(who.cookie);
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask(who.cookie)));
  expect(answers.every(({ status }) => status === 401)).toBe(true);
  expect(await told(who)).toHaveLength(1);
  expect(await lines(who)).toHaveLength(1);
});

test('C101: what was never this session’s token ends nothing', async () => {
  const who = await owner();
  const [userId, sessionId, secret = ''] = who.cookie.split('.');
  const altered = (one: string) => (one.startsWith('A') ? 'B' : 'A') + one.slice(1);
  const neverSpent = async (...made: string[]) => {
    for (const one of made) await isOutAlone(`${userId}.${sessionId}.${one}`);
  };
  await isOutAlone('nothing of ours');
  await neverSpent(altered(secret));
  const first = await takeOver(who.cookie);
  const present = await takeOver(first);
  // Each token except the first contains its generation, which anyone can write.
  const [old, derived] = [first, present].map((token) => token.split('.')[2]!) as [string, string];
  await neverSpent('A'.repeat(43), `${'A'.repeat(37)}AAAAAQ`.slice(0, 42) + 'E', altered(secret));
  await neverSpent(altered(old), altered(derived));
  expect((await ask(present)).status).toBe(200);
  expect(await told(who)).toEqual([]);
});

test('C101: a session that is bound to a device is not ended by an old cookie, which nobody else could rotate', async () => {
  const device = await newDevice();
  const who = await owner(
    { deviceKey: device.deviceKey },
    { dpop: await prove(stack(), device, { method: 'POST', path: '/v1/sessions' }) },
  );
  const id = who.cookie.split('.')[1]!;
  const proven = async (cookie: string) =>
    ask(cookie, { dpop: await prove(stack(), device, { beside: id }) });
  stack().clock.offsetSeconds += 3_700;
  const next = (await proven(who.cookie)).cookies['__Host-session']!.value;
  expect((await proven(next)).status).toBe(200);
  stack().clock.offsetSeconds += 61;
  expect((await ask(who.cookie)).status).toBe(401);
  expect((await proven(next)).status).toBe(200);
});

test('C33 C101: a copied cookie of a session that is bound to a device opens a page, and gets no new token by it', async () => {
  const device = await newDevice();
  const { cookie } = await owner(
    { deviceKey: device.deviceKey },
    { dpop: await prove(stack(), device, { method: 'POST', path: '/v1/sessions' }) },
  );
  stack().clock.offsetSeconds += 3_700;
  const opened = await page(stack(), '/account', { cookies: { '__Host-session': cookie } });
  expect(opened.status).toBe(200);
  expect(opened.cookies).not.toHaveProperty('__Host-session');
  const dpop = await prove(stack(), device, { beside: cookie.split('.')[1]! });
  expect((await ask(cookie, { dpop })).cookies, 'the owner').toHaveProperty('__Host-session');
});

test('401 C101: an old token of a session that has ended, or whose owner is gone, ends nothing and tells nobody', async () => {
  const { documents, config } = insiderOf(stack());
  const ends: Record<string, (who: Owner, thief: string) => Promise<unknown>> = {
    'signed out': (_, thief) =>
      send(stack(), 'DELETE', '/v1/sessions/current', {
        cookies: { '__Host-session': thief },
        headers: { origin: stack().app },
      }),
    'ended everywhere': async ({ user }) => {
      const json = { login: user.username, password, transport: 'token' };
      const { session } = (await send<SignedIn>(stack(), 'POST', '/v1/sessions', { json })).json;
      return send(stack(), 'DELETE', '/v1/sessions/others', { token: session.token });
    },
    gone: ({ user }) => documents.send(new DeleteCommand(userRef(config, user.id))),
  };
  for (const [how, end] of Object.entries(ends)) {
    const who = await owner();
    const thief = await takeOver(who.cookie);
    await end(who, thief);
    for (const token of [who.cookie, thief]) await isOutAlone(token, how);
    expect([await told(who), await lines(who)], how).toEqual([[], []]);
  }
});
