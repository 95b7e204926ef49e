import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { askCode, codesOf } from '../harness/people/codes.ts';
import { readEvent } from '../harness/stack/events.ts';
import { outbox, streamMails, waitSeconds } from '../harness/stack/outbox.ts';
import { enterWindow } from '../harness/stack/time.ts';
import { invite, openInvite, register, somebody } from '../harness/people/people.ts';

/** An account that may send five mails a second. */
const { stack, admin } = useAdmin('smallAccount');

const guest = async (wish: object = {}) => {
  const who = { ...somebody(), ...wish };
  await register(stack(), await openInvite(stack(), admin), who);
  return who.email;
};

test('200: sends the mail that a record of the stream names', async () => {
  const email = await guest();
  stack().faults([{ kind: 'error', service: 'ses', action: 'SendEmail' }]);
  await askCode(stack(), 'password-reset', email);
  await stack().settle();
  // The scheduled sweep fails, so that the stream's function sends the mail.
  stack().faults([{ kind: 'error', function: 'mail-sweep', times: 99 }]);
  await waitSeconds(stack(), 61);
  const [mail] = await outbox(stack(), email);
  expect(mail).toMatchObject({ owed: true, attempts: 1 });
  const answer = await streamMails(stack(), 'mail-hurry', readEvent('mail-hurry'), mail!.id);
  expect(answer).toEqual({ batchItemFailures: [] });
  expect(await codesOf(stack(), email)).toHaveLength(1);
});

test('200 R0.3: a code does not wait behind the invites that are owed', async () => {
  const email = await guest();
  const emails = Array.from({ length: 20 }, () => somebody().email);
  // The clock stands until the code is owed, so that the invites cannot be sent before.
  enterWindow(stack(), 1);
  await invite(stack(), admin, { emails });
  await askCode(stack(), 'password-reset', email);
  stack().clock.go();
  await stack().settle();
  // The sweep sends the mails that found no turn in time.
  await waitSeconds(stack(), 61);
  const order = stack()
    .mails()
    .map(({ to }) => to)
    .filter((to) => to === email || emails.includes(to));
  expect(order).toHaveLength(21);
  expect(order.indexOf(email)).toBeLessThan(15);
});

test('200: each mailer takes its own mails only', async () => {
  const [code, invited] = [await guest(), somebody().email];
  stack().faults([
    { kind: 'error', service: 'ses', action: 'SendEmail', times: 2 },
    { kind: 'error', function: 'mail-sweep', times: 99 },
  ]);
  await askCode(stack(), 'password-reset', code);
  await invite(stack(), admin, { emails: [invited] });
  await waitSeconds(stack(), 61);
  const [urgent, due] = [(await outbox(stack(), code))[0]!, (await outbox(stack(), invited))[0]!];
  const event = readEvent('mail-hurry');
  await streamMails(stack(), 'mail-send', event, urgent.id);
  await streamMails(stack(), 'mail-hurry', event, due.id);
  for (const email of [code, invited]) expect(await outbox(stack(), email)).toMatchObject([{ owed: true }]);
  stack().faults([]);
  await waitSeconds(stack(), 60);
  for (const email of [code, invited]) expect(stack().mails(email)).toHaveLength(1);
});

test.each([
  ['en', 'Your code for Kazoku & Co', 'JST', 'GMT+9'],
  ['ja', 'Kazoku & Co の確認コード', 'JST', 'GMT+9'],
  ['zh', 'Kazoku & Co 验证码', 'JST', 'GMT+9'],
])('R4.13: a code in %s, with the deployment’s name and time zone', async (locale, subject, ...zones) => {
  const email = await guest({ locale });
  await askCode(stack(), 'password-reset', email);
  await codesOf(stack(), email);
  const mail = stack().mails(email).at(-1)!;
  expect(mail.subject).toBe(subject);
  expect(zones.some((zone) => mail.text.includes(zone))).toBe(true);
  expect(mail.html).toContain(`lang="${locale}"`);
});
