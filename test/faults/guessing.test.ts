import { beforeAll, describe, expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { solvedCaptcha } from '../harness/people/captchas.ts';
import { callsOf } from '../harness/stack/calls.ts';
import { attempt, newAddress } from '../harness/people/guests.ts';
import { send } from '../harness/http/http.ts';
import { guess, verdictOf, verifyCode, wrongCode } from '../harness/people/guesses.ts';
import { linkState } from '../harness/invites/invites.ts';
import { expectPage } from '../harness/http/pages.ts';
import { invite, openInvite, somebody, tokenOf } from '../harness/people/people.ts';
import { footprint, growth, textOf } from '../harness/stack/rows.ts';
import { daySeconds, enterWindow } from '../harness/stack/time.ts';

// Without request rates, which are separate from the budgets for wrong codes.
const { stack, admin } = useAdmin();
const hour = 3_600;
let code: string;
beforeAll(async () => {
  const [row] = await invite(stack(), admin, { maxUses: 1_000, expiresInDays: null });
  code = row!.code!;
});

const verify = (typed: string, from: string, sent: { language?: string; captcha?: string } = {}) =>
  verifyCode(stack(), typed, from, sent);
const solved = () => solvedCaptcha(stack());
const wrongs = (times: number) => Array.from({ length: times }, () => false);
const needsCaptcha = { status: 422, json: { code: 'captcha_required' } };

/** The store's counters of wrong codes. */
const counted = async () =>
  ((await stack().dumpTables())['counters'] ?? []).filter((row) =>
    textOf(row, 'pk').startsWith('tries#code'),
  );

describe('R0.8 C11: wrong codes from one address', () => {
  test('422 429: five an hour, five more with a captcha each, then a word when to come back', async () => {
    enterWindow(stack(), hour);
    const from = newAddress();
    expect(await guess(stack(), from, 7)).toEqual([...wrongs(5), 422, 422]);
    for (const [language, title] of [
      ['ja', '自動プログラムでないことの確認が必要です'],
      ['zh', '请证明您不是程序'],
      ['en', 'Please show that you are no program'],
    ] as const) {
      const { status, json } = await verify(code, from, { language });
      expect({ status, title: json.title }).toEqual({ status: 422, title });
    }
    for (let n = 0; n < 5; n += 1) {
      expect(verdictOf(await verify(wrongCode(), from, { captcha: await solved() }))).toBe(false);
    }
    const captcha = await solved();
    const { status, json, headers } = await verify(code, from, { captcha });
    expect({ status, code: json.code }).toEqual({ status: 429, code: 'rate_limited' });
    expect(Number(headers['retry-after'])).toBeGreaterThan(hour - 60);
    expect(verdictOf(await verify(code, newAddress()))).toBe(true);
    // The captcha was not spent on the code that was not checked.
    const other = newAddress();
    await guess(stack(), other, 5);
    expect(verdictOf(await verify(code, other, { captcha }))).toBe(true);
    enterWindow(stack(), hour);
    expect(verdictOf(await verify(code, from))).toBe(true);
  });

  test('422 429: of thirty at once five are looked at, and with one captcha between them one more', async () => {
    enterWindow(stack(), hour);
    const from = newAddress();
    const thirty = async (captcha?: string) => {
      const sent = captcha === undefined ? {} : { captcha };
      const answers = Array.from({ length: 30 }, () => verify(wrongCode(), from, sent));
      return (await Promise.all(answers)).map(verdictOf);
    };
    expect((await thirty()).filter((one) => one === false)).toHaveLength(5);
    expect((await thirty(await solved())).filter((one) => one === false)).toHaveLength(1);
    expect(await verify(code, from)).toMatchObject(needsCaptcha);
  });

  test('422: checking and registering, by JSON and by form, come out of one budget', async () => {
    enterWindow(stack(), hour);
    const from = newAddress();
    await guess(stack(), from, 3);
    expect((await attempt(stack(), { code: wrongCode() }, { from })).status).toBe(404);
    const post = (fields: object) =>
      send(stack(), 'POST', '/register', {
        form: { ...somebody(), ...fields },
        from,
        headers: { 'accept-language': 'en' },
      });
    expect((await post({ code: wrongCode() })).status).toBe(404);
    const before = await footprint(stack());
    expect(await attempt(stack(), { code }, { from })).toMatchObject(needsCaptcha);
    expectPage(await post({ code }), 422, 'Please show that you are no program', 'name="captcha"', code);
    expect(Object.values(await growth(stack(), before))).toEqual([0, 0, 0, 0, 0, 0]);
    const captcha = await solved();
    expect((await attempt(stack(), { code, captcha }, { from })).status).toBe(201);
    expect((await post({ code, captcha })).status, 'spent').toBe(422);
    expect((await post({ code, captcha: await solved() })).status).toBe(303);
  });

  test('201: links keep working where codes are refused, and need no captcha', async () => {
    enterWindow(stack(), hour);
    const from = newAddress();
    await guess(stack(), from, 6);
    const token = await openInvite(stack(), admin);
    expect((await attempt(stack(), { token }, { from })).status).toBe(201);
  });

  test('200: right codes use nothing up', async () => {
    enterWindow(stack(), hour);
    const from = newAddress();
    await guess(stack(), from, 4);
    for (let n = 0; n < 20; n += 1) expect(verdictOf(await verify(code, from))).toBe(true);
    expect(await guess(stack(), from, 2)).toEqual([false, 422]);
  });

  test('200: what can be no code costs nothing', async () => {
    enterWindow(stack(), hour);
    const from = newAddress();
    await guess(stack(), from, 1);
    const before = await counted();
    stack().clearCalls();
    for (const typed of ['', 'ABC', 'A'.repeat(11), 'ABCDé', 'ＡＢＣＤ!', '★★★★']) {
      expect(verdictOf(await verify(typed, from)), typed).toBe(false);
    }
    expect(callsOf(stack(), 'invite-verify')).toEqual([]);
    expect(await counted()).toEqual(before);
  });
});

test('422 R0.8 C11: after a hundred wrong ones a day from everywhere, everybody needs a captcha', async () => {
  enterWindow(stack(), daySeconds);
  // Twenty addresses, each within its own budget.
  const answers = await Promise.all(Array.from({ length: 20 }, () => guess(stack(), newAddress(), 5)));
  expect(answers.flat()).toEqual(wrongs(100));
  const from = newAddress();
  expect(await verify(code, from)).toMatchObject(needsCaptcha);
  expect(await attempt(stack(), { code }, { from })).toMatchObject(needsCaptcha);
  const [captcha, other] = [await solved(), await solved()];
  expect(verdictOf(await verify(code, from, { captcha }))).toBe(true);
  expect(await verify(code, from, { captcha })).toMatchObject(needsCaptcha);
  expect((await attempt(stack(), { code, captcha: other }, { from })).status).toBe(201);

  const [row] = await invite(stack(), admin);
  expect(await linkState(stack(), tokenOf(row!.url))).toBe('active');
  enterWindow(stack(), daySeconds);
  expect(verdictOf(await verify(code, from))).toBe(true);
});
