import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { readEvent } from '../harness/stack/events.ts';
import { changeInvite, linkState, listAll, shownInvite } from '../harness/invites/invites.ts';
import { mailIdOf } from '../harness/invites/feedback.ts';
import { insiderOf } from '../harness/stack/insider.ts';
import { outbox, waitSeconds } from '../harness/stack/outbox.ts';
import { invite, mailedToken, somebody } from '../harness/people/people.ts';

const { stack, admin } = useAdmin();
const minute = 60;

const sweep = () => stack().invoke('mail-sweep', readEvent('mail-sweep'));
const undelivered = async () =>
  (await listAll(stack(), admin, { status: 'undelivered' })).map(({ id }) => id);

/** Invites a guest while SES refuses `times` mails. */
async function inviteDuringOutage(times: number) {
  const { email } = somebody();
  stack().faults([{ kind: 'error', service: 'ses', action: 'SendEmail', times }]);
  const [row] = await invite(stack(), admin, { emails: [email] });
  await stack().settle();
  return { email, id: row!.id };
}

test('200 R0.3: sends what was postponed, after its pause and not before', async () => {
  const { email, id } = await inviteDuringOutage(1);
  expect(stack().mails(email)).toEqual([]);
  expect(await shownInvite(stack(), admin, id)).toMatchObject({ delivery: 'pending' });
  stack().clock.offsetSeconds = 30;
  await sweep();
  expect(stack().mails(email)).toEqual([]);
  // The run that the jump of the clock starts fails in all its three tries, so that the event's run sends the mail.
  stack().faults([{ kind: 'error', function: 'mail-sweep', service: 'dynamodb', times: 9 }]);
  await waitSeconds(stack(), 31);
  expect(stack().mails(email)).toEqual([]);
  await sweep();
  expect(stack().mails(email)).toHaveLength(1);
  await stack().settle();
  expect(await shownInvite(stack(), admin, id)).toMatchObject({ delivery: 'delivered' });
});

test('200: runs by itself, every minute of the clock', async () => {
  const { email } = await inviteDuringOutage(1);
  await waitSeconds(stack(), 2 * minute);
  expect(stack().mails(email)).toHaveLength(1);
});

test('200 C61: sweeps at once send a mail once', { tags: 'engine' }, async () => {
  const { email } = await inviteDuringOutage(1);
  stack().clock.offsetSeconds = 2 * minute;
  await Promise.all([sweep(), sweep(), sweep()]);
  await stack().settle();
  expect(stack().mails(email)).toHaveLength(1);
});

test('200 R0.3 C61: after the last try a mail has failed, and admins see it until it is sent anew', async () => {
  const { email, id } = await inviteDuringOutage(99);
  for (const pause of [1, 5, 25, 125]) {
    expect(await outbox(stack(), email)).toMatchObject([{ state: 'pending', owed: true }]);
    expect(await undelivered()).not.toContain(id);
    await waitSeconds(stack(), pause * minute + 1);
  }
  expect(await outbox(stack(), email)).toMatchObject([{ state: 'failed', owed: false, attempts: 5 }]);
  expect(await shownInvite(stack(), admin, id)).toMatchObject({ status: 'active', delivery: 'failed' });
  expect(await undelivered()).toContain(id);
  expect(JSON.stringify(stack().logs())).toContain('mail.failed');

  stack().faults([]);
  await waitSeconds(stack(), 24 * 60 * minute);
  expect(stack().mails(email)).toEqual([]);
  await changeInvite(stack(), admin, id, 'reissue');
  expect(await linkState(stack(), await mailedToken(stack(), email))).toBe('active');
  expect(await undelivered()).not.toContain(id);
  expect(await shownInvite(stack(), admin, id)).toMatchObject({ delivery: 'delivered' });
});

test('200: a mail that fails does not hold up the others', async () => {
  const one = await inviteDuringOutage(1);
  const other = await inviteDuringOutage(1);
  stack().faults([{ kind: 'error', function: 'mail-sweep', service: 'ses', action: 'SendEmail' }]);
  await waitSeconds(stack(), 61);
  const sent = [...stack().mails(one.email), ...stack().mails(other.email)];
  expect(sent).toHaveLength(1);
  await waitSeconds(stack(), 5 * minute + 1);
  expect(stack().mails(one.email)).toHaveLength(1);
  expect(stack().mails(other.email)).toHaveLength(1);
});

test('200 C61: a mail that cannot be decided does not hold up the others', async () => {
  const one = await inviteDuringOutage(1);
  const other = await inviteDuringOutage(1);
  stack().faults([{ kind: 'error', function: 'mail-sweep', service: 'kms', times: 3 }]);
  await waitSeconds(stack(), 61);
  expect([...stack().mails(one.email), ...stack().mails(other.email)]).toHaveLength(1);
  await waitSeconds(stack(), 2 * minute);
  expect(stack().mails(one.email)).toHaveLength(1);
  expect(stack().mails(other.email)).toHaveLength(1);
});

test('200 C61 R0.3: a mail that can never be written holds up no other, is given up after five tries, and admins see it', async () => {
  const { email, id } = await inviteDuringOutage(1);
  const { config, documents } = insiderOf(stack());
  const setLocale = (locale: string) =>
    documents.send(
      new UpdateCommand({
        TableName: config.table('invites'),
        Key: { pk: `invite#${id}`, sk: 'record' },
        UpdateExpression: 'SET locale = :locale',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':locale': locale },
      }),
    );
  await setLocale('none');
  const other = await inviteDuringOutage(1);
  for (const pause of [1, 5, 25, 125]) {
    expect(await outbox(stack(), email)).toMatchObject([{ state: 'pending', owed: true }]);
    await waitSeconds(stack(), pause * minute + 1);
  }
  expect(stack().mails(other.email)).toHaveLength(1);
  expect(await outbox(stack(), email)).toMatchObject([{ state: 'failed', owed: false, attempts: 5 }]);
  await setLocale('en');
  expect(await undelivered()).toContain(id);
  const failed = await shownInvite(stack(), admin, id);
  expect(failed).toMatchObject({ status: 'active', delivery: 'failed' });
  // SES has refused nothing.
  expect(failed).not.toHaveProperty('deliveryReason');
  const mailId = await mailIdOf(stack(), email);
  const lines = stack()
    .logs()
    .filter(({ text }) => text.includes(mailId));
  expect(JSON.stringify(lines)).toContain('mail.failed');
});

test('200 C61 R0.3: what a key failed at is no try of SES, which is asked five times before a mail is given up', async () => {
  const { email } = somebody();
  const mailers = ['mail-send', 'mail-sweep'] as const;
  stack().faults(mailers.map((name) => ({ kind: 'error', function: name, service: 'kms', times: 999 })));
  const [row] = await invite(stack(), admin, { emails: [email] });
  await stack().settle();
  for (let outage = 0; outage < 5; outage += 1) await waitSeconds(stack(), 2 * minute + 1);
  expect(await outbox(stack(), email)).toMatchObject([{ state: 'pending', owed: true, attempts: 0 }]);
  stack().faults([{ kind: 'error', service: 'ses', action: 'SendEmail' }]);
  await waitSeconds(stack(), 2 * minute + 1);
  expect(await shownInvite(stack(), admin, row!.id)).toMatchObject({ delivery: 'pending' });
  await waitSeconds(stack(), minute + 1);
  expect(stack().mails(email)).toHaveLength(1);
});

test('200 C61 R0.3: what gathers while the mailer cannot send is drained, one mail each', async () => {
  const giveBack = stack().removeGrant('mail-send', 'ses:SendEmail');
  const emails = Array.from({ length: 30 }, () => somebody().email);
  await invite(stack(), admin, { emails });
  await stack().settle();
  giveBack();
  expect(emails.flatMap((email) => stack().mails(email))).toEqual([]);
  expect((await outbox(stack(), emails[29]!))[0]).toMatchObject({
    state: 'pending',
    owed: true,
    attempts: 1,
  });
  // A run has a time limit, which a busy machine must not reach.
  stack().clock.standAt(stack().clock.now() + (minute + 1) * 1_000);
  await stack().settle();
  stack().clock.go();
  for (const email of emails) expect(stack().mails(email)).toHaveLength(1);
  expect((await outbox(stack(), emails[29]!))[0]).toMatchObject({ state: 'sent', owed: false });
});

test('200 C61: a backlog of more than one run takes several, the longest due first', async () => {
  const giveBack = stack().removeGrant('mail-send', 'ses:SendEmail');
  const early = (await invite(stack(), admin, { emails: [somebody().email] }))[0]!.email!;
  await stack().settle();
  stack().clock.offsetSeconds = 1;
  const emails = Array.from({ length: 105 }, () => somebody().email);
  await invite(stack(), admin, { emails });
  await stack().settle();
  giveBack();
  const mails = () => emails.flatMap((email) => stack().mails(email)).length;
  await waitSeconds(stack(), minute + 1);
  expect(stack().mails(early)).toHaveLength(1);
  // A run takes a hundred at most, and fewer if they take too long.
  expect(mails()).toBeGreaterThan(0);
  expect(mails()).toBeLessThanOrEqual(99);
  for (let run = 0; run < 9 && mails() < 105; run += 1) await waitSeconds(stack(), minute + 1);
  expect(mails()).toBe(105);
});

test('200: nothing owed is nothing done, by the index and never by a scan', { tags: 'engine' }, async () => {
  await waitSeconds(stack(), 60 * 24 * 60 * minute);
  stack().clearCalls();
  await sweep();
  // One query each, in this order: urgent mails, the other mails, and the mails that strangers caused.
  const query = { function: 'mail-sweep', action: 'Query', resources: ['table/mails/index/byDue'] };
  expect(stack().calls()).toMatchObject([query, query, query]);
});
