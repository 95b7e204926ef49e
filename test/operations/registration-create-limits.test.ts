import { beforeAll, expect, test } from 'vitest';
import { callsOf } from '../harness/stack/calls.ts';
import { send } from '../harness/http/http.ts';
import { bootstrap, invite, somebody, tokenOf } from '../harness/people/people.ts';
import type { SignedIn } from '../harness/people/people.ts';
import { footprint, growth } from '../harness/stack/rows.ts';
import { useStack } from '../harness/stack/stack.ts';
import { enterWindow } from '../harness/stack/time.ts';

const stack = useStack('limited');
let tokens: string[];
beforeAll(async () => {
  const { json } = await attempt(tokenOf(await bootstrap(stack())), '127.0.0.2');
  tokens = (await invite(stack(), json, { count: 20 })).map(({ url }) => tokenOf(url));
});

const attempt = (token: string, from: string, headers: Record<string, string> = {}) =>
  send<SignedIn & { code: string }>(stack(), 'POST', '/v1/register', {
    json: { token, transport: 'token', ...somebody() },
    from,
    headers,
  });

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

test('429 R3.7 R0.8: refused tries count as well', async () => {
  enterWindow(stack());
  for (let turn = 0; turn < 3; turn += 1) {
    expect((await attempt('guess', '127.0.0.5')).status).toBe(404);
  }
  expect((await attempt(tokens.pop()!, '127.0.0.5')).status).toBe(429);
});

test('429 R3.7: the form is counted together with the JSON route', async () => {
  enterWindow(stack());
  for (let turn = 0; turn < 3; turn += 1) await attempt('guess', '127.0.0.6');
  const { status, headers } = await send(stack(), 'POST', '/register', {
    form: somebody(),
    from: '127.0.0.6',
  });
  expect(status).toBe(429);
  expect(headers['content-type']).toMatch(/^text\/html/);
  expect(Number(headers['retry-after'])).toBeGreaterThan(0);
});

test('429 R3.7 C29: no header makes a second address of one', async () => {
  enterWindow(stack());
  const answers = [];
  for (let turn = 0; turn < 4; turn += 1) {
    const forged = `203.0.113.${turn}`;
    answers.push(
      await attempt('guess', '127.0.0.7', {
        'x-forwarded-for': forged,
        'x-real-ip': forged,
        forwarded: `for=${forged}`,
        'cf-connecting-ip': forged,
      }),
    );
  }
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 429]);
});

test('429 R3.7: of ten at once three are admitted', { tags: 'engine' }, async () => {
  enterWindow(stack());
  const answers = await Promise.all(Array.from({ length: 10 }, () => attempt('guess', '127.0.0.8')));
  expect(answers.filter(({ status }) => status === 404)).toHaveLength(3);
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
