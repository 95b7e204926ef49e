import { beforeAll, describe, expect, test } from 'vitest';
import { callsOf } from '../harness/calls.ts';
import { attempt, newAddress, untilAnswered } from '../harness/guests.ts';
import { send } from '../harness/http.ts';
import { guess, verdictOf, verifyCode, wrongCode } from '../harness/guesses.ts';
import { linkState } from '../harness/invites.ts';
import { expectPage } from '../harness/pages.ts';
import { firstAdmin, invite, openInvite, somebody, tokenOf, type SignedIn } from '../harness/people.ts';
import { footprint, growth, textOf } from '../harness/rows.ts';
import { useStack } from '../harness/stack.ts';
import { daySeconds, enterWindow } from '../harness/time.ts';

// Without request rates: the budgets for wrong codes are none of them.
const stack = useStack();
const hour = 3_600;
let admin: SignedIn;
let code: string;
beforeAll(async () => {
  admin = await firstAdmin(stack());
  const [row] = await invite(stack(), admin, { maxUses: 1_000, expiresInDays: null });
  code = row!.code!;
});

const verify = (typed: string, from: string, language?: string) => verifyCode(stack(), typed, from, language);
const wrongs = (times: number) => Array.from({ length: times }, () => false);

/** What the store has counted of wrong codes. */
const counted = async () =>
  ((await stack().dumpTables())['counters'] ?? []).filter((row) =>
    textOf(row, 'pk').startsWith('tries#code'),
  );

describe('R0.8 C11: wrong codes from one address', () => {
  test('429: ten an hour, then a word when to come back, and other addresses are not affected', async () => {
    enterWindow(stack(), hour);
    const from = newAddress();
    expect(await guess(stack(), from, 11)).toEqual([...wrongs(10), 429]);
    for (const [language, title] of [
      ['ja', 'リクエストが多すぎます'],
      ['zh', '请求过于频繁'],
      ['en', 'Too many requests'],
    ] as const) {
      const { status, json, headers } = await verify(code, from, language);
      expect({ status, code: json.code, title: json.title }).toEqual({
        status: 429,
        code: 'rate_limited',
        title,
      });
      const wait = Number(headers['retry-after']);
      expect(wait).toBeGreaterThan(hour - 60);
      expect(wait).toBeLessThanOrEqual(hour);
      expect(json.detail).toContain(String(wait));
    }
    expect(verdictOf(await verify(code, newAddress()))).toBe(true);
    enterWindow(stack(), hour);
    expect(verdictOf(await verify(code, from))).toBe(true);
  });

  test('429: of thirty at once ten are looked at', async () => {
    enterWindow(stack(), hour);
    const from = newAddress();
    const answers = await Promise.all(Array.from({ length: 30 }, () => verify(wrongCode(), from)));
    const all = answers.map(verdictOf);
    expect(all.filter((one) => one === false)).toHaveLength(10);
    expect(all.filter((one) => one === 429)).toHaveLength(20);
    expect(Number((await verify(code, from)).headers['retry-after'])).toBeGreaterThan(1);
  });

  test('429: checking and registering, by JSON and by form, come out of one budget', async () => {
    enterWindow(stack(), hour);
    const from = newAddress();
    await guess(stack(), from, 4);
    for (let n = 0; n < 3; n += 1) {
      expect((await attempt(stack(), { code: wrongCode() }, { from })).status).toBe(404);
      const form = { code: wrongCode(), ...somebody() };
      expect((await send(stack(), 'POST', '/register', { form, from })).status).toBe(404);
    }
    const before = await footprint(stack());
    expect(await attempt(stack(), { code }, { from })).toMatchObject({ status: 429 });
    const page = await send(stack(), 'POST', '/register', {
      form: { code, ...somebody() },
      from,
      headers: { 'accept-language': 'en' },
    });
    expectPage(page, 429, 'Too many requests', 'role="alert"');
    expect(Object.values(await growth(stack(), before))).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test('201: links keep working where codes are refused', async () => {
    enterWindow(stack(), hour);
    const from = newAddress();
    await guess(stack(), from, 11);
    const token = await openInvite(stack(), admin);
    expect((await attempt(stack(), { token }, { from })).status).toBe(201);
  });

  test('200: right codes use nothing up, in sequence or at once', async () => {
    enterWindow(stack(), hour);
    const from = newAddress();
    await guess(stack(), from, 9);
    for (let n = 0; n < 20; n += 1) expect(verdictOf(await verify(code, from))).toBe(true);
    const requests = Array.from({ length: 20 }, () => () => verify(code, from));
    expect((await untilAnswered(stack(), requests)).map(verdictOf)).toEqual(requests.map(() => true));
    expect(await guess(stack(), from, 2)).toEqual([false, 429]);
  });

  test('200: what can be no code costs nothing', async () => {
    enterWindow(stack(), hour);
    const from = newAddress();
    await guess(stack(), from, 1);
    const before = await counted();
    stack().clearCalls();
    for (const typed of ['', 'ABC', 'A'.repeat(11), 'ABCDU', 'ＡＢＣＤ!', '★★★★']) {
      expect(verdictOf(await verify(typed, from)), typed).toBe(false);
    }
    expect(callsOf(stack(), 'invite-verify')).toEqual([]);
    expect(await counted()).toEqual(before);
  });
});

test('429 R0.8 C11: three hundred a day from everywhere, then no code is looked at until the next day', async () => {
  enterWindow(stack(), daySeconds);
  // Thirty addresses, each within its own budget.
  const answers = await Promise.all(Array.from({ length: 30 }, () => guess(stack(), newAddress(), 10)));
  expect(answers.flat()).toEqual(wrongs(300));
  const from = newAddress();
  const refused = await verify(code, from);
  expect(verdictOf(refused)).toBe(429);
  const wait = Number(refused.headers['retry-after']);
  expect(wait).toBeGreaterThan(daySeconds - 600);
  expect(wait).toBeLessThanOrEqual(daySeconds);
  expect(await attempt(stack(), { code }, { from })).toMatchObject({ status: 429 });

  const [row] = await invite(stack(), admin);
  expect(await linkState(stack(), tokenOf(row!.url))).toBe('active');
  expect((await attempt(stack(), { token: tokenOf(row!.url) }, { from })).status).toBe(201);

  // Being refused is no guess: the address has its own ten left.
  for (let n = 0; n < 10; n += 1) await verify(code, from);
  stack().clock.offsetSeconds += wait;
  expect(verdictOf(await verify(code, from))).toBe(true);
});
