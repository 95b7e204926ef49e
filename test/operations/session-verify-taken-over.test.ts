/** @module-tag engine */
import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { send } from '../harness/http/http.ts';
import { mailedCode } from '../harness/people/codes.ts';
import { newDevice, prove } from '../harness/people/devices.ts';
import { mailedGuest, openInvite, password, somebody } from '../harness/people/people.ts';
import type { SignedIn } from '../harness/people/people.ts';
import { subjectsTo } from '../harness/people/accounts.ts';
import { rowsOf, textOf } from '../harness/stack/rows.ts';

const { stack, admin } = useAdmin();

/** Somebody with a proven mailbox, signed in by a browser, and the session's cookie. */
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

/** What a thief gets who uses a copied cookie an hour later: the token that follows, taken up. */
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
  const present = await takeOver(who.cookie);
  const [userId, sessionId, secret = ''] = who.cookie.split('.');
  const derived = present.split('.')[2]!;
  const made = [
    'A'.repeat(43),
    `${'A'.repeat(37)}AAAAAQ`.slice(0, 42) + 'E',
    (secret.startsWith('A') ? 'B' : 'A') + secret.slice(1),
    (derived.startsWith('A') ? 'B' : 'A') + derived.slice(1),
  ];
  for (const one of made) expect((await ask(`${userId}.${sessionId}.${one}`)).status).toBe(401);
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
