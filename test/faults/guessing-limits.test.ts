import { beforeAll, expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { attempt, newAddress, untilAnswered } from '../harness/people/guests.ts';
import { newDevice } from '../harness/people/devices.ts';
import { guess, verdictOf, verifyCode } from '../harness/people/guesses.ts';
import { linkState } from '../harness/invites/invites.ts';
import { invite, tokenOf } from '../harness/people/people.ts';
import { daySeconds, enterWindow } from '../harness/stack/time.ts';

// Without captchas, only the budgets for wrong codes limit guesses.
const { stack, admin } = useAdmin('devicesOnly');
const hour = 3_600;
let code: string;
beforeAll(async () => {
  const [row] = await invite(stack(), admin, { maxUses: 1_000, expiresInDays: null });
  code = row!.code!;
});

const verify = (typed: string, from: string, language = 'en') =>
  verifyCode(stack(), typed, from, { language });
const wrongs = (times: number) => Array.from({ length: times }, () => false);

test('429 R0.8 C11: ten an hour from one address, then a word when to come back', async () => {
  enterWindow(stack(), hour);
  const from = newAddress();
  expect(await guess(stack(), from, 11)).toEqual([...wrongs(10), 429]);
  for (const [language, title, word] of [
    ['ja', 'リクエストが多すぎます', '1 時間後'],
    ['zh', '请求过于频繁', '1小时'],
    ['en', 'Too many requests', '1 hour'],
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
    expect(json.detail).toContain(word);
  }
});

test('200: right codes use nothing up, in sequence or at once', { tags: 'engine' }, async () => {
  enterWindow(stack(), hour);
  const from = newAddress();
  await guess(stack(), from, 9);
  for (let n = 0; n < 3; n += 1) expect(verdictOf(await verify(code, from))).toBe(true);
  const requests = Array.from({ length: 20 }, () => () => verify(code, from));
  expect((await untilAnswered(stack(), requests)).map(verdictOf)).toEqual(requests.map(() => true));
  expect(await guess(stack(), from, 2)).toEqual([false, 429]);
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

  // A refused request is no guess, so the address still has its ten.
  for (let n = 0; n < 10; n += 1) await verify(code, from);
  stack().clock.offsetSeconds += wait;
  expect(verdictOf(await verify(code, from))).toBe(true);
});

test('429 C102: where no captcha is a way through, an address has ten wrong pass phrases, and others have theirs', async () => {
  enterWindow(stack(), hour);
  const passphrase = 'open sesame';
  const [row] = await invite(stack(), admin, { kind: 'device-only', passphrase });
  const enter = async (phrase: string, from: string) => {
    const { deviceKey } = await newDevice();
    const account = { email: undefined, username: undefined, password: undefined };
    return attempt(
      stack(),
      { ...account, token: tokenOf(row!.url), passphrase: phrase, deviceKey },
      { from },
    );
  };
  const from = newAddress();
  for (let n = 0; n < 10; n += 1) expect((await enter(`guess ${n}`, from)).json.code).toBe('invalid');
  const late = await enter(passphrase, from);
  expect(late).toMatchObject({ status: 429, json: { code: 'rate_limited' } });
  expect(Number(late.headers['retry-after'])).toBeLessThanOrEqual(600);
  expect((await enter(passphrase, newAddress())).status).toBe(201);
});
