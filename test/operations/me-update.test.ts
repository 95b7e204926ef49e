import { beforeAll, expect, test } from 'vitest';
import type { Problem } from '#shared/errors/problem.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send, type Sent } from '../harness/http/http.ts';
import { auditOf, readInvite } from '../harness/invites/inviting.ts';
import { firstAdmin, invite, openInvite, password, register, tokenOf } from '../harness/people/people.ts';
import { somebody, type SignedIn } from '../harness/people/people.ts';
import { overtake } from '../harness/stack/meanwhile.ts';
import { rowsOf, textOf } from '../harness/stack/rows.ts';
import { daySeconds, enterWindow } from '../harness/stack/time.ts';
import { solvedCaptcha } from '../harness/people/captchas.ts';
import { useStack } from '../harness/stack/stack.ts';

const { stack, admin } = useAdmin();
const limited = useStack('limited');
let hanako: SignedIn;
let jiro: SignedIn;
let inviteId: string;
beforeAll(async () => {
  const [row] = await invite(stack(), admin, { maxUses: 2 });
  inviteId = row!.id;
  hanako = await register(stack(), tokenOf(row!.url), somebody('hanako'));
  jiro = await register(stack(), tokenOf(row!.url), somebody('jiro'));
});

type Shown = SignedIn['user'] & Problem & Record<'firstName' | 'lastName' | 'locale', string>;
const update = (who: SignedIn, json: object, sent: Sent = {}) =>
  send<Shown>(stack(), 'PATCH', '/v1/me', { json, token: who.session.token, ...sent });
const me = async (who: SignedIn) =>
  (await send<Shown>(stack(), 'GET', '/v1/me', { token: who.session.token })).json;
const signIn = (login: string) =>
  send<SignedIn>(stack(), 'POST', '/v1/sessions', { json: { login, password, transport: 'token' } });
const newName = () => somebody('name').username;

/** Names that a user's claims hold. It must always be exactly one. */
const namesOf = async ({ user }: SignedIn) =>
  rowsOf(await stack().dumpTables(), 'users', 'userId', user.id)
    .map((row) => textOf(row, 'pk'))
    .filter((pk) => pk.startsWith('username#'));

test('200 R1.7: changes username and names; the rest stays, and the change is in the trail', async () => {
  const before = await me(hanako);
  const { status, json } = await sendEvent<Shown>(stack(), 'me-update', { token: hanako.session.token });
  expect(status).toBe(200);
  expect(json).toEqual({ ...before, username: 'hanako2', lastName: '佐藤' });
  expect(await me(hanako)).toEqual(json);
  expect((await auditOf(stack(), hanako.user.id)).at(-1)).toBe(`user.update by ${hanako.user.id}`);
  expect(await namesOf(hanako)).toEqual(['username#hanako2']);
});

test('C104: after five answers of a day that a name is taken, each rename asks for a captcha, to a free name too', async () => {
  const who = await register(stack(), await openInvite(stack(), admin), somebody());
  const username = (await me(jiro)).username;
  stack().deploy({ rates: 'on' });
  enterWindow(stack(), daySeconds);
  try {
    const rename = async (json: object) => (await update(who, json)).json;
    const answers = await Promise.all(Array.from({ length: 8 }, () => rename({ username })));
    expect(answers.filter(({ code }) => code === 'username_taken').length).toBeLessThanOrEqual(5);
    enterWindow(stack());
    for (let turn = 0; turn < 5; turn += 1) await rename({ username });
    expect((await rename({ username })).code).toBe('captcha_required');
    expect((await rename({ username: newName() })).code, 'a free name').toBe('captcha_required');
    expect((await rename({ lastName: 'Sato', username: who.user.username })).lastName, 'no other name').toBe(
      'Sato',
    );
    const solved = async () => ({ captcha: await solvedCaptcha(stack()) });
    enterWindow(stack());
    expect((await rename({ username, ...(await solved()) })).code).toBe('username_taken');
    const free = newName();
    expect((await rename({ username: free, ...(await solved()) })).username).toBe(free);
    expect((await update(who, { captcha: 'any' })).status, 'a captcha alone changes nothing').toBe(422);
  } finally {
    stack().deploy({});
  }
});

test('200 R1.7: who signs in uses the new name; the old one is free for somebody else', async () => {
  const [old, name] = [(await me(jiro)).username, newName()];
  await update(jiro, { username: name });
  expect((await signIn(name)).json.user.id).toBe(jiro.user.id);
  expect((await signIn(old)).status).toBe(401);
  const other = await register(stack(), await openInvite(stack(), admin), { ...somebody(), username: old });
  expect((await signIn(old)).json.user.id).toBe(other.user.id);
  // Records of earlier acts keep the former name.
  const { usedBy } = (await readInvite(stack(), admin, inviteId)).json;
  expect(usedBy.map(({ username }) => username)).toContain(old);
});

test('200: names and language alone; an empty name takes one back', async () => {
  expect((await update(jiro, { firstName: ' 次郎 ', lastName: '山田', locale: 'zh' })).json).toMatchObject({
    firstName: '次郎',
    lastName: '山田',
    locale: 'zh',
  });
  expect((await update(jiro, { firstName: '' })).json).toMatchObject({ firstName: '', lastName: '山田' });
  await update(jiro, { locale: 'en' });
});

test('200: my own name again is no change, twice in a row', async () => {
  const { username } = await me(jiro);
  for (const turn of [1, 2]) expect((await update(jiro, { username })).status, `turn ${turn}`).toBe(200);
  expect(await namesOf(jiro)).toEqual([`username#${username}`]);
});

test('422 R2.2: a name that somebody has stays with them', async () => {
  const before = await stack().dumpTables();
  const { status, json } = await update(jiro, { username: admin.user.username, firstName: 'X' });
  expect({ status, code: json.code }).toEqual({ status: 422, code: 'username_taken' });
  expect(await stack().dumpTables()).toEqual(before);
});

test.each([
  [{}, 'username'],
  [{ username: 'No Name' }, 'username'],
  [{ username: 'ab' }, 'username'],
  [{ firstName: 'a\nb' }, 'firstName'],
  [{ lastName: 'x'.repeat(101) }, 'lastName'],
  [{ locale: 'fr' }, 'locale'],
  [{ username: null }, 'username'],
  [{ role: 'admin' }, 'role'],
  [{ email: 'x@example.com' }, 'email'],
  [{ emailVerified: true, firstName: 'X' }, 'emailVerified'],
])('422 C6: %j changes nothing', async (body, path) => {
  const before = await me(jiro);
  const { status, json } = await update(jiro, body);
  expect(status).toBe(422);
  expect(json.errors?.map((one) => one.path)).toContain(path);
  expect(await me(jiro)).toEqual(before);
});

test('401, 403 C37: nobody, and nobody from another site', async () => {
  expect((await update(jiro, { firstName: 'X' }, { token: undefined })).status).toBe(401);
  const cookies = { '__Host-session': jiro.session.token };
  const foreign = { token: undefined, cookies, headers: { origin: 'https://evil.example' } };
  expect((await update(jiro, { firstName: 'X' }, foreign)).status).toBe(403);
  expect((await me(jiro)).firstName).not.toBe('X');
});

test(
  '422: two who want the same name at once: one has it, the other keeps the old one',
  { tags: 'engine' },
  async () => {
    const wanted = newName();
    const before = [await namesOf(hanako), await namesOf(jiro)];
    const answers = await Promise.all([hanako, jiro].map((who) => update(who, { username: wanted })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422]);
    const winner = answers[0]!.status === 200 ? 0 : 1;
    const after = [await namesOf(hanako), await namesOf(jiro)];
    expect(after[winner]).toEqual([`username#${wanted}`]);
    expect(after[1 - winner]).toEqual(before[1 - winner]);
  },
);

test(
  '200: one who wants several names at once has the last of them, and no other claim',
  { tags: 'engine' },
  async () => {
    const names = [newName(), newName(), newName()];
    const [first, ...others] = names.map((username) => () => update(jiro, { username }));
    // One has read the old name, and finds another one when it writes.
    const [one, two] = await overtake(stack(), 'me-update', first!, () =>
      Promise.all(others.map((other) => other())),
    );
    expect([one, ...two].map(({ status }) => status)).toEqual([200, 200, 200]);
    const { username } = await me(jiro);
    expect(names).toContain(username);
    expect(await namesOf(jiro)).toEqual([`username#${username}`]);
  },
);

test.each([
  ['is lost once', { kind: 'lost', times: 1 } as const, 200],
  ['is lost every time', { kind: 'lost', times: 3 } as const, 503],
  ['never comes', { kind: 'error', times: 3 } as const, 503],
  ['conflicts', { kind: 'conflict', times: 3 } as const, 200],
])('C63: when the answer of the store %s, a repeat answers 200', async (_, fault, first) => {
  const username = newName();
  stack().faults([{ ...fault, function: 'me-update', action: 'TransactWriteItems' }]);
  expect((await update(jiro, { username })).status).toBe(first);
  stack().faults([]);
  const { status, json } = await update(jiro, { username });
  expect({ status, username: json.username }).toEqual({ status: 200, username });
  expect(await namesOf(jiro)).toEqual([`username#${username}`]);
});

test('429: names are not to be tried out', async () => {
  const guest = await firstAdmin(limited());
  const attempt = () =>
    send(limited(), 'PATCH', '/v1/me', { token: guest.session.token, json: { firstName: 'A' } });
  const answers = [];
  for (let turn = 0; turn < 21; turn += 1) answers.push((await attempt()).status);
  expect(answers.slice(0, 10)).toEqual(Array(10).fill(200));
  expect(answers).toContain(429);
});
