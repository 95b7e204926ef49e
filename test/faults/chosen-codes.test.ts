import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { never } from '#shared/clock.ts';
import { createInvites } from '../harness/invites/inviting.ts';
import { solvedCaptcha } from '../harness/people/captchas.ts';
import { guess, verdictOf, verifyCode } from '../harness/people/guesses.ts';
import { attempt, newAddress, refusedFields } from '../harness/people/guests.ts';
import { invite } from '../harness/people/people.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { insiderOf } from '../harness/stack/insider.ts';
import { enterWindow } from '../harness/stack/time.ts';

const { stack, admin } = useAdmin();
const hour = 3_600;

/** A new invite with a chosen code, in an hour of its own. */
async function chosen(code: string, wish: object = {}) {
  enterWindow(stack(), hour);
  return (await invite(stack(), admin, { code, maxUses: 10, ...wish }))[0]!;
}
const verify = (code: string, from: string, captcha?: string) =>
  verifyCode(stack(), code, from, captcha === undefined ? {} : { captcha });
const needsCaptcha = { status: 422, json: { code: 'captcha_required' } };

test.each([
  ['for administrators', '2024', { role: 'admin' }],
  ['without an end', '2025', { expiresInDays: null }],
  ['for administrators, without an end', '2026', { role: 'admin', expiresInDays: null, maxUses: 10 }],
])('422 C95: no chosen code is made %s, of whatever length', async (_, year, wish) => {
  for (const code of [year, `SUMMER${year}`])
    expect(refusedFields(await createInvites(stack(), admin, { code, ...wish }))).toEqual([
      422,
      'invalid',
      'code',
    ]);
});

test('422 C95: each guess at a code shorter than ours wants a captcha, right or wrong, and is not looked up without', async () => {
  await chosen('2026');
  const from = newAddress();
  stack().clearCalls();
  for (const code of ['2023', '2024', '2025', '2026', '2026'])
    expect(await verify(code, from)).toMatchObject(needsCaptcha);
  const asked = stack()
    .calls()
    .flatMap(({ resources }) => resources);
  expect(asked.filter((resource) => resource === 'table/invites')).toEqual([]);
  expect(await attempt(stack(), { code: '2026' }, { from })).toMatchObject(needsCaptcha);

  const captcha = await solvedCaptcha(stack());
  expect(verdictOf(await verify('2025', from, captcha))).toBe(false);
  expect(await verify('2026', from, captcha), 'spent').toMatchObject(needsCaptcha);
  expect(verdictOf(await verify('2026', from, await solvedCaptcha(stack())))).toBe(true);
  const guest = await attempt(stack(), { code: '2026', captcha: await solvedCaptcha(stack()) }, { from });
  expect(guest).toMatchObject({ status: 201, json: { user: { role: 'general' } } });
});

test('422 C95: a chosen code as long as ours wants a captcha, and being asked for one is no wrong guess', async () => {
  await chosen('SPRANG2026');
  const from = newAddress();
  for (let n = 0; n < 7; n += 1) expect(await verify('SPRANG2026', from)).toMatchObject(needsCaptcha);
  expect(await attempt(stack(), { code: 'SPRANG2026' }, { from })).toMatchObject(needsCaptcha);
  expect(verdictOf(await verify('SPRANG2026', from, await solvedCaptcha(stack())))).toBe(true);
  expect(await guess(stack(), from, 6)).toEqual([false, false, false, false, false, 422]);
});

test('201 C95: a code that we have made wants none, also where its invite has no end', async () => {
  enterWindow(stack(), hour);
  const [row] = await invite(stack(), admin, { expiresInDays: null });
  expect(verdictOf(await verify(row!.code!, newAddress()))).toBe(true);
  expect((await attempt(stack(), { code: row!.code }, { from: newAddress() })).status).toBe(201);
});

test.each([
  ['makes administrators', 'SET #role = :value', { '#role': 'role' }, 'admin'],
  ['has no end', 'SET days = :value, expiresAt = :never', undefined, null],
])(
  '404 C95: a chosen code that an earlier release stored finds nothing where its invite %s',
  async (_, UpdateExpression, ExpressionAttributeNames, value) => {
    const code = value === null ? 'ENDLESS' : 'B0SS';
    const { id } = await chosen(code);
    const { config, documents } = insiderOf(stack());
    await documents.send(
      new UpdateCommand({
        TableName: config.table('invites'),
        Key: { pk: `invite#${id}`, sk: 'record' },
        UpdateExpression,
        ...(ExpressionAttributeNames && { ExpressionAttributeNames }),
        ExpressionAttributeValues: { ':value': value, ...(value === null && { ':never': never }) },
      }),
    );
    const from = newAddress();
    expect(verdictOf(await verify(code, from, await solvedCaptcha(stack())))).toBe(false);
    const answer = await attempt(stack(), { code, captcha: await solvedCaptcha(stack()) }, { from });
    expect(refusedFields(answer)).toEqual([404, 'invite_invalid']);
  },
);
