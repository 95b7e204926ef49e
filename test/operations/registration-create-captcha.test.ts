import { createChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { beforeAll, describe, expect, test } from 'vitest';
import type { FaultRequest } from '#local/gateway/faults.ts';
import { challenge, payloadOf, solutionOf, solvedCaptcha } from '../harness/people/captchas.ts';
import { callsOf } from '../harness/stack/calls.ts';
import { attempt, tally } from '../harness/people/guests.ts';
import { linkState } from '../harness/invites/invites.ts';
import { expectPage, invited } from '../harness/http/pages.ts';
import {
  bootstrap,
  openInvite,
  register,
  somebody,
  tokenOf,
  type SignedIn,
} from '../harness/people/people.ts';
import { rowsOf } from '../harness/stack/rows.ts';
import { useStack } from '../harness/stack/stack.ts';
import { daySeconds, enterWindow } from '../harness/stack/time.ts';

const stack = useStack('captcha');
const elsewhere = useStack();
let admin: SignedIn;
beforeAll(async () => {
  const captcha = await solvedCaptcha(stack());
  admin = await register(stack(), tokenOf(await bootstrap(stack())), { ...somebody('admin'), captcha });
});

/** The captcha refuses the request before any look-up, and nothing is changed. */
async function refusedOnly(json: object): Promise<void> {
  const before = await stack().dumpTables();
  stack().clearCalls();
  const answer = await attempt(stack(), json);
  expect(answer, answer.text).toMatchObject({ status: 422, json: { code: 'captcha_required' } });
  const asked = callsOf(stack(), 'registration-create').flatMap(({ resources }) => resources);
  expect(asked.filter((resource) => resource.startsWith('table/') && resource !== 'table/counters')).toEqual(
    [],
  );
  expect(await stack().dumpTables()).toEqual(before);
}

test('201 R2.2 R2.7 C9: a solved captcha lets one in, once; whoever is refused has a good invite still', async () => {
  const [one, other] = [await openInvite(stack(), admin), await openInvite(stack(), admin)];
  const captcha = await solvedCaptcha(stack());
  expect((await attempt(stack(), { token: one, captcha })).status).toBe(201);
  await refusedOnly({ token: other, captcha });
  expect(await linkState(stack(), other)).toBe('active');
  expect((await attempt(stack(), { token: other, captcha: await solvedCaptcha(stack()) })).status).toBe(201);
});

test('422 R2.2: without one, nothing is learnt of accounts and invites', async () => {
  const token = await openInvite(stack(), admin);
  await refusedOnly({ token, email: admin.user.email });
  await refusedOnly({ token, username: admin.user.username });
  await refusedOnly({ token: 'none' });
  await refusedOnly({ code: 'ZZZZZZZZZZ' });
  await refusedOnly({});
});

describe('422 C9: is no solved captcha', () => {
  test.each([
    ['nothing', ''],
    ['a word', 'captcha'],
    ['JSON of something else', payloadOf({ challenge: {}, solution: null })],
    ['null', payloadOf(null)],
    ['half a surrogate pair', 'abc\ud800def'],
    ['as much as there is room for', 'x'.repeat(2_500)],
    ['lists in lists', Buffer.from('['.repeat(1_800)).toString('base64')],
  ])('%s', async (_, captcha) => {
    await refusedOnly({ token: await openInvite(stack(), admin), captcha });
  });

  test('one that was altered, or solved wrongly', async () => {
    const token = await openInvite(stack(), admin);
    const made = await challenge(stack());
    const solution = await solutionOf(made);
    const { parameters, signature } = made;
    const { counter, derivedKey } = solution;
    const altered = { ...parameters, expiresAt: parameters.expiresAt! + 10 };
    for (const [wrong, answer] of [
      [{ parameters: altered, signature }, solution],
      [{ parameters: { ...parameters, expiresAt: undefined }, signature }, solution],
      [{ parameters: { ...parameters, expiresAt: 1e15 }, signature }, solution],
      [{ parameters: { ...parameters, extra: 1 }, signature }, solution],
      [{ parameters, signature: signature!.toUpperCase() }, solution],
      [{ parameters, signature: [signature] }, solution],
      [{ parameters }, solution],
      [made, { counter: counter + 1, derivedKey }],
      [made, { counter: -1, derivedKey }],
      [made, { counter, derivedKey: derivedKey.replace(/^../, '') }],
      [made, { counter, derivedKey: `${parameters.keyPrefix}${'0'.repeat(32)}` }],
    ]) {
      await refusedOnly({ token, captcha: payloadOf({ challenge: wrong, solution: answer }) });
    }
    const captcha = payloadOf({ challenge: made, solution });
    expect((await attempt(stack(), { token, captcha })).status, 'as it was').toBe(201);
  });

  test('one of another deployment, or of the visitor’s own making', async () => {
    const token = await openInvite(stack(), admin);
    await refusedOnly({ token, captcha: await solvedCaptcha(elsewhere()) });
    const { parameters } = await challenge(stack());
    const own = await createChallenge({
      ...parameters,
      counter: 1,
      deriveKey,
      hmacSignatureSecret: 'a secret of my own',
    });
    await refusedOnly({ token, captcha: payloadOf({ challenge: own, solution: await solutionOf(own) }) });
  });

  test('one that is older than ten minutes', async () => {
    const token = await openInvite(stack(), admin);
    const captcha = await solvedCaptcha(stack());
    stack().clock.offsetSeconds += 601;
    await refusedOnly({ token, captcha });
    stack().clock.offsetSeconds -= 30;
    expect((await attempt(stack(), { token, captcha })).status).toBe(201);
  });
});

test('201: midnight lies between the challenge and its solution', async () => {
  const token = await openInvite(stack(), admin);
  enterWindow(stack(), daySeconds);
  stack().clock.offsetSeconds -= 300;
  const captcha = await solvedCaptcha(stack());
  stack().clock.offsetSeconds += 360;
  expect((await attempt(stack(), { token, captcha })).status).toBe(201);
});

test('201 422: of five who bring the same one at once, one comes in', { tags: 'engine' }, async () => {
  const token = await openInvite(stack(), admin, { maxUses: 5 });
  const captcha = await solvedCaptcha(stack());
  const five = Array.from({ length: 5 }, () => attempt(stack(), { token, captcha }));
  expect(tally(await Promise.all(five))).toEqual({ 201: 1, captcha_required: 4 });
});

const counters: Omit<FaultRequest, 'kind'> = { function: 'registration-create', table: 'counters' };

test('201 C63: whoever solved it comes in though the store loses its answer, and brings it in vain again', async () => {
  const token = await openInvite(stack(), admin, { maxUses: 2 });
  const captcha = await solvedCaptcha(stack());
  stack().faults([{ ...counters, kind: 'lost' }]);
  expect((await attempt(stack(), { token, captcha })).status).toBe(201);
  expect(await attempt(stack(), { token, captcha })).toMatchObject({ json: { code: 'captcha_required' } });
});

test('503 C53: nobody passes while it cannot be told whether the captcha was used', async () => {
  const token = await openInvite(stack(), admin);
  stack().faults([{ ...counters, kind: 'error', times: 99 }]);
  expect(await attempt(stack(), { token, captcha: await solvedCaptcha(stack()) })).toMatchObject({
    status: 503,
  });
  expect(await linkState(stack(), token)).toBe('active');
});

test('a spent captcha is remembered until it has expired, and holds nothing of who spent it', async () => {
  const who = somebody();
  const made = await challenge(stack());
  const captcha = payloadOf({ challenge: made, solution: await solutionOf(made) });
  await attempt(stack(), { token: await openInvite(stack(), admin), captcha, ...who });
  const [row] = rowsOf(await stack().dumpTables(), 'counters', 'pk', `captcha#${made.signature}`);
  expect(Object.keys(row!).toSorted()).toEqual(['pk', 'spentBy', 'ttl']);
  expect(Number((row!['ttl'] as { N: string }).N)).toBeGreaterThan(made.parameters.expiresAt!);
});

test('422 R2.7 C9: a form that is sent without scripts says what is missing, and the invite stays good', async () => {
  const token = await openInvite(stack(), admin);
  const { visitor, form } = await invited(stack(), token);
  expectPage(form, 200, 'name="captcha"', '<noscript>', 'needs JavaScript');
  const refused = await visitor.submit(form, '/register', somebody());
  expectPage(refused, 422, 'Please show that you are no program', 'role="alert"', 'name="captcha"');
  expect(refused.text).toContain('Send the form again. With JavaScript turned on');
  expect(refused.text).not.toContain('/v1/captcha');
  const captcha = await solvedCaptcha(stack());
  expect((await visitor.submit(refused, '/register', { ...somebody(), captcha })).status).toBe(303);
});
