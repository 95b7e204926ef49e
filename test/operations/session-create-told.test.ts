/** @module-tag engine */
import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { mailedCode, otherCode } from '../harness/people/codes.ts';
import { send, type Answered } from '../harness/http/http.ts';
import { chatgptKey, deleteKey, putKey } from '../harness/relay/keys.ts';
import { newDevice } from '../harness/people/devices.ts';
import { invite, mailedToken, openInvite, password, register, somebody } from '../harness/people/people.ts';
import type { SignedIn } from '../harness/people/people.ts';
import { subjectsTo } from '../harness/people/accounts.ts';
import { textOf } from '../harness/stack/rows.ts';

const { stack, admin } = useAdmin('plain', { fresh: true });

/** A user with a proven mailbox, and the link that let them in. */
async function owner() {
  const who = somebody();
  await invite(stack(), admin, { emails: [who.email] });
  const token = await mailedToken(stack(), who.email);
  return { who, token, signedIn: await register(stack(), token, who) };
}
type Owner = Awaited<ReturnType<typeof owner>>;

/** The entries of the trail about a user, as actor or as subject. */
async function trailOf({ signedIn: { user } }: Owner): Promise<string[]> {
  const { audit = [] } = await stack().dumpTables();
  return audit
    .filter((row) => [textOf(row, 'actorId'), textOf(row, 'subjectId')].includes(user.id))
    .toSorted((a, b) => (textOf(a, 'sk') < textOf(b, 'sk') ? -1 : 1))
    .map((row) => `${textOf(row, 'action')} ${textOf(row, 'outcome')}`);
}
const registerAgain = ({ who, token }: Owner, json: object = {}, cookies: Record<string, string> = {}) =>
  send<SignedIn>(stack(), 'POST', '/v1/register', {
    json: { ...who, token, transport: 'token', ...json },
    headers: { origin: stack().app },
    cookies,
  });

type Act = (one: Owner) => Promise<Answered<unknown>>;
const doors: [string, string, Act][] = [
  [
    'a sign-in on a new device',
    'session.create done',
    ({ who }) =>
      send(stack(), 'POST', '/v1/sessions', { json: { login: who.email, password, transport: 'token' } }),
  ],
  ['registering again within the day', 'session.create done', (one) => registerAgain(one)],
  [
    'a changed password',
    'password.update done',
    ({ signedIn: { session } }) =>
      send(stack(), 'PUT', '/v1/me/password', {
        token: session.token,
        json: { currentPassword: password, password: 'an entirely new secret' },
      }),
  ],
  [
    'a reset password',
    'password.reset done',
    async ({ who: { email } }) =>
      send(stack(), 'POST', '/v1/password/reset', {
        json: { email, password, ...(await mailedCode(stack(), 'password-reset', email)) },
      }),
  ],
  [
    'a replaced API key',
    'key.put done',
    async ({ signedIn }) => {
      await putKey(stack(), signedIn);
      return putKey(stack(), signedIn);
    },
  ],
  [
    'a deleted API key',
    'key.delete done',
    async ({ signedIn }) => {
      await putKey(stack(), signedIn, { key: chatgptKey() }, 'chatgpt');
      return deleteKey(stack(), signedIn, 'chatgpt');
    },
  ],
];

test.each(doors)('C103: %s leaves a line in the trail and a mail to its owner', async (_, line, act) => {
  const one = await owner();
  const isMailOfCode = (subject: string) => subject.includes('code');
  const before = (await subjectsTo(stack(), one.who.email)).length;
  expect((await act(one)).status).toBeLessThan(300);
  const subjects = (await subjectsTo(stack(), one.who.email)).slice(before);
  expect(subjects.filter((subject) => !isMailOfCode(subject))).toHaveLength(1);
  expect((await trailOf(one)).at(-1)).toBe(line);
});

test('C103: the first API key of a service, which replaces nothing, is told to nobody', async () => {
  const one = await owner();
  const before = await subjectsTo(stack(), one.who.email);
  expect((await putKey(stack(), one.signedIn)).status).toBe(200);
  expect(await subjectsTo(stack(), one.who.email)).toEqual(before);
});

test('C103: of two who replace an API key at once, both are told of', async () => {
  const one = await owner();
  await putKey(stack(), one.signedIn);
  const before = (await subjectsTo(stack(), one.who.email)).length;
  await Promise.all([putKey(stack(), one.signedIn), putKey(stack(), one.signedIn)]);
  const subjects = (await subjectsTo(stack(), one.who.email)).slice(before);
  expect(subjects).toHaveLength(2);
  expect(subjects[0]).toContain('API key');
});

test('C103: a browser that sends its registration twice is known the second time, and replaces its session', async () => {
  const who = somebody();
  await invite(stack(), admin, { emails: [who.email] });
  const token = await mailedToken(stack(), who.email);
  const json = { ...who, token, transport: 'cookie' };
  const headers = { origin: stack().app };
  const first = await send<SignedIn>(stack(), 'POST', '/v1/register', { json, headers });
  const before = await subjectsTo(stack(), who.email);
  const kept = Object.fromEntries(Object.entries(first.cookies).map(([name, { value }]) => [name, value]));
  const again = await registerAgain({ who, token, signedIn: first.json }, { transport: 'cookie' }, kept);
  expect(again.status).toBe(201);
  expect(await subjectsTo(stack(), who.email)).toEqual(before);
  const me = await send(stack(), 'GET', '/v1/me', {
    cookies: { '__Host-session': kept['__Host-session']! },
  });
  expect(me.status, 'the session of the first answer').toBe(401);
});

test('C103: a wrong password at the door of the address leaves a line', async () => {
  const one = await owner();
  const { email } = somebody('elsewhere');
  const { token } = one.signedIn.session;
  const json = {
    email,
    currentPassword: 'a wrong but long one',
    ...(await mailedCode(stack(), 'email-update', email, { token })),
  };
  expect((await send(stack(), 'PUT', '/v1/me/email', { json, token })).status).toBe(401);
  expect((await trailOf(one)).at(-1)).toBe('email.update refused');
});

test('C103: the right password of a bound account on another device, or with a wrong code, leaves a line', async () => {
  const { deviceKey } = await newDevice();
  const invited = await openInvite(stack(), admin, { kind: 'device' });
  const who = { ...somebody(), deviceKey };
  const one = { who, token: invited, signedIn: await register(stack(), invited, who) };
  const other = (await newDevice()).deviceKey;
  const signIn = (json: object) =>
    send<SignedIn & { code: string }>(stack(), 'POST', '/v1/sessions', {
      json: { login: who.username, password, transport: 'token', ...json },
    });
  const refusedLines = async () => (await trailOf(one)).filter((line) => line === 'session.create refused');
  const code = await mailedCode(stack(), 'session-create', who.email);
  const wrong = { ...code, code: otherCode(code.code) };
  for (const [turn, json] of [{}, { deviceKey: other }, { deviceKey: other, ...wrong }].entries()) {
    expect((await signIn(json)).json.code).toBe(turn < 2 ? 'device_mismatch' : 'code_invalid');
    expect(await refusedLines()).toHaveLength(turn + 1);
  }
  expect((await registerAgain(one, { deviceKey: other })).status).toBe(403);
  expect(await refusedLines(), 'at the registration door').toHaveLength(4);
});

test('C103: a wrong password at the registration door leaves a line, as at sign-in', async () => {
  const one = await owner();
  await registerAgain(one, { password: 'a wrong but long one' });
  expect((await trailOf(one)).at(-1)).toBe('session.create refused');
  const { audit = [] } = await stack().dumpTables();
  const row = audit.find((entry) => textOf(entry, 'outcome') === 'refused')!;
  expect(textOf(row, 'address')).toBe('127.0.0.1');
  expect(JSON.stringify(audit)).not.toContain('a wrong but long one');
});
