import { beforeAll, expect, test } from 'vitest';
import { solvedCaptcha } from '../harness/people/captchas.ts';
import { callNames } from '../harness/stack/calls.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { bootstrap, firstAdmin, openInvite, password, register, somebody } from '../harness/people/people.ts';
import { tokenOf, type SignedIn } from '../harness/people/people.ts';
import { expectPage } from '../harness/http/pages.ts';
import { rowsOf } from '../harness/stack/rows.ts';
import { useStack } from '../harness/stack/stack.ts';
import { enterWindow } from '../harness/stack/time.ts';

const stack = useStack();
const limited = useStack('limited');
let hanako: SignedIn;
beforeAll(async () => {
  const admin = await firstAdmin(stack());
  const who = { ...somebody(), email: 'hanako@example.com', username: 'hanako' };
  hanako = await register(stack(), await openInvite(stack(), admin), who);
});

const signIn = (json: object, sent: object = {}) =>
  send<SignedIn>(stack(), 'POST', '/v1/sessions', { json: { transport: 'token', ...json }, ...sent });
const me = (sent: object) => send<SignedIn['user']>(stack(), 'GET', '/v1/me', sent);

test('201 R4.5: signs in by email address', async () => {
  const { status, json, cookies } = await sendEvent<SignedIn>(stack(), 'session-create');
  expect(status).toBe(201);
  expect(json.user).toEqual(hanako.user);
  expect(json.session.token.split('.')).toHaveLength(3);
  expect(cookies).toEqual({});
  expect((await me({ token: json.session.token })).json).toEqual(hanako.user);
});

test.each(['hanako', 'HANAKO', 'Hanako@Example.COM', ' hanako@example.com '])(
  '201 R4.4 R4.5: signs in by "%s"',
  async (login) => {
    const { status, json } = await signIn({ login, password });
    expect({ status, id: json.user.id }).toEqual({ status: 201, id: hanako.user.id });
  },
);

test('201 R4.11: a browser gets its session in a cookie only, and keeps its device', async () => {
  const headers = { origin: stack().app };
  const answer = await signIn({ login: 'hanako', password, transport: 'cookie' }, { headers });
  expect(answer.status).toBe(201);
  expect(Object.keys(answer.json.session).toSorted()).toEqual(['deviceBound', 'expiresAt', 'id']);
  const session = answer.cookies['__Host-session']!;
  expect(session.attributes.split('; ')).toEqual(
    expect.arrayContaining(['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/']),
  );
  expect((await me({ cookies: { '__Host-session': session.value } })).status).toBe(200);

  const device = answer.cookies['__Host-device']!.value;
  const again = await signIn(
    { login: 'hanako', password, transport: 'cookie' },
    { headers, cookies: { '__Host-device': device } },
  );
  expect(again.cookies['__Host-device']!.value).toBe(device);
  expect(JSON.stringify(await stack().dumpTables())).not.toContain(device);
});

test('201 C32: a session that was there before is not adopted', async () => {
  const headers = { origin: stack().app };
  for (const planted of [hanako.session.token, 'planted', `${hanako.user.id}.planted.planted`]) {
    const answer = await signIn(
      { login: 'hanako', password, transport: 'cookie' },
      { headers, cookies: { '__Host-session': planted } },
    );
    expect(answer.status).toBe(201);
    expect(answer.json.session.id).not.toBe(hanako.session.id);
    expect(answer.cookies['__Host-session']!.value).not.toContain(planted);
  }
  const two = [await signIn({ login: 'hanako', password }), await signIn({ login: 'hanako', password })];
  expect(two[0]!.json.session.id).not.toBe(two[1]!.json.session.id);
});

test('401 C26 R4.5 R4.8: a wrong password and an account that does not exist look the same from outside', async () => {
  const attempt = async (login: string) => {
    stack().clearCalls();
    const { status, headers, json } = await signIn(
      { login, password: 'wrong password' },
      { headers: { 'accept-language': 'ja' } },
    );
    const { requestId: _, ...problem } = { requestId: '', ...json };
    const names = Object.keys(headers).toSorted();
    return { status, problem, names, calls: callNames(stack(), 'session-create') };
  };
  const wrong = await attempt('hanako');
  expect(wrong).toMatchObject({
    status: 401,
    problem: {
      code: 'invalid_credentials',
      title: 'メールアドレスまたはパスワードが正しくありません',
    },
  });
  // One KMS call serves the hash. The other one names the login in the audit trail.
  expect(wrong.calls.filter((call) => call.startsWith('kms'))).toHaveLength(2);
  for (const login of ['hanako@example.com', 'nobody', 'nobody@example.com', '#', 'x'.repeat(254)]) {
    expect(await attempt(login), login).toEqual(wrong);
  }
});

test('401: neither a claim, a user’s id nor a row’s key is a login', async () => {
  for (const login of [hanako.user.id, `user#${hanako.user.id}`, 'username#hanako', 'admins']) {
    expect((await signIn({ login, password })).status).toBe(401);
  }
});

test('401: no session is made and no cookie is set', async () => {
  const before = rowsOf(await stack().dumpTables(), 'sessions', 'userId', hanako.user.id);
  const answer = await signIn(
    { login: 'hanako', password: 'wrong password', transport: 'cookie' },
    { headers: { origin: stack().app } },
  );
  expect(answer).toMatchObject({ status: 401, cookies: {} });
  expect(rowsOf(await stack().dumpTables(), 'sessions', 'userId', hanako.user.id)).toEqual(before);
});

test('R4.9: success and failure are logged and audited by ids alone', async () => {
  const lines = stack().logs().length;
  await signIn({ login: 'hanako', password });
  await signIn({ login: 'hanako', password: 'wrong password' });
  const log = stack()
    .logs()
    .slice(lines)
    .map(({ text }) => text)
    .join('');
  expect(log).toContain('signin.done');
  expect(log).toContain('signin.refused');
  expect(log).not.toMatch(/wrong password|correct horse/);
  const audit = JSON.stringify((await stack().dumpTables())['audit']);
  expect(audit).toContain('refused');
  expect(audit).not.toContain('hanako');
});

test.each([
  ['another origin', { origin: 'https://evil.example' }],
  ['no origin', {}],
  ['null', { origin: 'null' }],
])('403 C37: signing a browser in from %s is refused (login by a foreign page)', async (_, headers) => {
  const json = await signIn({ login: 'hanako', password, transport: 'cookie' }, { headers });
  expect(json).toMatchObject({ status: 403, json: { code: 'cross_site' }, cookies: {} });
  const form = await send(stack(), 'POST', '/login', {
    raw: String(new URLSearchParams({ login: 'hanako', password })),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });
  expect(form).toMatchObject({ status: 403, cookies: {} });
});

test('422 C23: a password of 1 MiB is refused before any work is done for it', async () => {
  stack().clearCalls();
  expect(await signIn({ login: 'hanako', password: 'x'.repeat(2 ** 20) })).toMatchObject({ status: 422 });
  expect(callNames(stack(), 'session-create')).toEqual([]);
});

test('503 C53: nobody is signed in while the key service or the store is down', async () => {
  for (const service of ['kms', 'dynamodb'] as const) {
    stack().faults([{ kind: 'error', service, times: 99 }]);
    const { status, headers } = await signIn({ login: 'hanako', password });
    expect(status).toBe(503);
    expect(headers['retry-after']).toBe('1');
  }
});

test('429 422 R2.7: twenty tries a minute and address, right ones included, from the fifteenth on with a captcha', async () => {
  const who = somebody('admin');
  await register(limited(), tokenOf(await bootstrap(limited())), who);
  enterWindow(limited());
  const attempt = (secret: string, from = '127.0.0.2', captcha = '') =>
    send(limited(), 'POST', '/v1/sessions', {
      json: { login: who.username, password: secret, transport: 'token', captcha },
      from,
    });
  for (let turn = 0; turn < 14; turn += 1) {
    const right = turn % 2 === 0;
    expect((await attempt(right ? password : 'wrong password')).status).toBe(right ? 201 : 401);
  }
  for (const secret of [password, 'wrong password']) {
    expect(await attempt(secret)).toMatchObject({ status: 422, json: { code: 'captcha_required' } });
  }
  const captcha = await solvedCaptcha(limited());
  expect((await attempt(password, '127.0.0.2', captcha)).status).toBe(201);
  expect((await attempt(password, '127.0.0.2', captcha)).status).toBe(422);
  const form = { login: who.username, password: 'wrong password' };
  const post = (fields: Record<string, string>) =>
    send(limited(), 'POST', '/login', {
      form: fields,
      from: '127.0.0.2',
      headers: { 'accept-language': 'en' },
    });
  expectPage(await post(form), 422, 'Please show that you are no program', 'name="captcha"', who.username);
  const again = await post({ ...form, captcha: await solvedCaptcha(limited()) });
  expectPage(again, 401, 'name="captcha"', who.username);
  const refused = await attempt(password);
  expect(refused).toMatchObject({ status: 429, json: { code: 'rate_limited' } });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect((await attempt(password, '127.0.0.3')).status).toBe(201);
});
