import { beforeAll, expect, test } from 'vitest';
import { callsOf } from '../harness/stack/calls.ts';
import { send } from '../harness/http/http.ts';
import { expectPage } from '../harness/http/pages.ts';
import { fieldsOf } from '../harness/http/visitor.ts';
import { bootstrap, invite, somebody, tokenOf } from '../harness/people/people.ts';
import type { SignedIn } from '../harness/people/people.ts';
import { footprint, growth } from '../harness/stack/rows.ts';
import { useStack } from '../harness/stack/stack.ts';
import { enterWindow } from '../harness/stack/time.ts';

const stack = useStack('limited');
let admin: SignedIn;
let tokens: string[];
let taken: string;
beforeAll(async () => {
  ({ json: admin } = await attempt(tokenOf(await bootstrap(stack())), '127.0.0.2'));
  tokens = (await invite(stack(), admin, { count: 50 })).map(({ url }) => tokenOf(url));
  taken = admin.user.username;
});

const attempt = (
  token: string,
  from: string,
  { headers = {}, json = {} }: { headers?: Record<string, string>; json?: object } = {},
) =>
  send<SignedIn & { code: string }>(stack(), 'POST', '/v1/register', {
    json: { token, transport: 'token', ...somebody(), ...json },
    from,
    headers,
  });

const sendForm = (token: string, from: string, typed: Record<string, string> = somebody()) =>
  send(stack(), 'POST', '/register', { form: { token, ...typed }, from });

test('429 R3.7: three registrations a minute and address, then a word when to come back', async () => {
  enterWindow(stack());
  for (let turn = 0; turn < 3; turn += 1) {
    expect((await attempt(tokens.pop()!, '127.0.0.3')).status).toBe(201);
  }
  const token = tokens.pop()!;
  const before = await footprint(stack());
  const refused = await attempt(token, '127.0.0.3');
  expect(refused).toMatchObject({ status: 429, json: { code: 'rate_limited' } });
  const wait = Number(refused.headers['retry-after']);
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(60);
  expect(Object.values(await growth(stack(), before))).toEqual([0, 0, 0, 0, 0, 0]);

  expect((await attempt(tokens.pop()!, '127.0.0.4')).status).toBe(201);
  stack().clock.offsetSeconds += wait;
  expect((await attempt(token, '127.0.0.3')).status).toBe(201);
});

test.each([
  ['names no invite', 404, () => ({ token: 'guess' })],
  ['has a mistake in it', 422, () => ({ username: 'Not Good' })],
  ['has a weak password', 422, () => ({ password: 'Password1' })],
  ['has a name that is taken', 422, () => ({ username: taken })],
])('201 C76: a try that %s is not counted', async (what, status, wrong) => {
  enterWindow(stack());
  const from = `127.0.1.${what.length}`;
  const token = tokens.pop()!;
  for (let turn = 0; turn < 4; turn += 1)
    expect((await attempt(token, from, { json: wrong() })).status).toBe(status);
  expect((await attempt(token, from)).status).toBe(201);
});

test('429 R3.7: the form is counted together with the JSON route', async () => {
  enterWindow(stack());
  for (let turn = 0; turn < 3; turn += 1)
    expect((await attempt(tokens.pop()!, '127.0.0.6')).status).toBe(201);
  const { status, headers } = await sendForm(tokens.at(-1)!, '127.0.0.6');
  expect(status).toBe(429);
  expect(headers['content-type']).toMatch(/^text\/html/);
  expect(Number(headers['retry-after'])).toBeGreaterThan(0);
});

test.each([
  ['en', 'At most 3 are allowed in 1 minute. Try again in ', / in (1 minute|\d\d seconds)\./],
  ['ja', '1 分に3回までです。', /。(1 分|\d\d 秒)後に/],
  ['zh', '1分钟内最多 3 次。', /请在(1分钟|\d\d秒钟)后重试/],
])('429 C76: who must wait keeps what they typed and is told how long, in %s', async (locale, says, wait) => {
  enterWindow(stack());
  const from = `127.0.2.${locale.length + locale.codePointAt(0)!}`;
  for (let turn = 0; turn < 3; turn += 1) await attempt(tokens.pop()!, from);
  const token = tokens.at(-1)!;
  const typed = { ...somebody(), firstName: 'Hanako', locale };
  const answer = await sendForm(token, from, typed);
  expectPage(answer, 429, says);
  expect(answer.text).toMatch(wait);
  const { username, email, firstName } = typed;
  expect(fieldsOf(answer.text)).toMatchObject({ token, username, email, firstName });
});

test('201 C76 R3.7: a class behind one address, where the setting says so', { tags: 'engine' }, async () => {
  enterWindow(stack());
  stack().deploy({ registrationsPerMinute: 10 });
  const [row] = await invite(stack(), admin, { maxUses: 20 });
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => attempt(tokenOf(row!.url), '127.0.0.10')),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
  expect(answers.filter(({ json }) => json.code === 'rate_limited')).toHaveLength(2);
});

test('429 R3.7 C29: no header makes a second address of one', async () => {
  enterWindow(stack());
  const answers = [];
  for (let turn = 0; turn < 4; turn += 1) {
    const forged = `203.0.113.${turn}`;
    const headers = {
      'x-forwarded-for': forged,
      'x-real-ip': forged,
      forwarded: `for=${forged}`,
      'cf-connecting-ip': forged,
    };
    answers.push(await attempt(tokens.pop()!, '127.0.0.7', { headers }));
  }
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 429]);
});

test('429 R3.7: of ten at once three are admitted', { tags: 'engine' }, async () => {
  enterWindow(stack());
  const [row] = await invite(stack(), admin, { maxUses: 20 });
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => attempt(tokenOf(row!.url), '127.0.0.8')),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(7);
});

test.each(['error', 'throttle', 'lost'] as const)(
  '503 C27: nobody is admitted uncounted while the counters answer with "%s"',
  async (kind) => {
    enterWindow(stack());
    stack().faults([{ kind, table: 'counters', times: 99 }]);
    const before = await footprint(stack());
    const { status, json, headers } = await attempt(tokens.at(-1)!, '127.0.0.9');
    expect({ status, code: json.code }).toEqual({ status: 503, code: 'store_unavailable' });
    expect(headers['retry-after']).toBe('1');
    const tables = callsOf(stack(), 'registration-create').flatMap(({ resources }) => resources);
    expect(new Set(tables)).toEqual(new Set(['table/counters']));
    expect(Object.values(await growth(stack(), before))).toEqual([0, 0, 0, 0, 0, 0]);
  },
);
