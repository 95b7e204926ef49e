import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { readEvent } from '../harness/stack/events.ts';
import {
  aboutMail,
  complaint,
  delivery,
  isSuppressed,
  mailIdOf,
  passing,
  permanent,
  withMessages,
  type ToldBySes,
} from '../harness/invites/feedback.ts';
import { changeInvite, linkState, listAll, shownInvite } from '../harness/invites/invites.ts';
import { deleteInvite } from '../harness/invites/inviting.ts';
import { insiderOf } from '../harness/stack/insider.ts';
import { outbox, waitSeconds } from '../harness/stack/outbox.ts';
import { invite, mailedToken, somebody } from '../harness/people/people.ts';

/** Reports that SES's simulator does not send: late, twice, in any order, or about no known mail. */
const { stack, admin } = useAdmin();

const undelivered = async () =>
  (await listAll(stack(), admin, { status: 'undelivered' })).map(({ id }) => id);
const shown = (id: string) => shownInvite(stack(), admin, id);
const report = (mailId: string, told: ToldBySes) =>
  stack().invoke('mail-feedback', aboutMail(readEvent('mail-feedback'), mailId, told));

/** Invites a guest whose mail is delivered. */
async function invited() {
  const { email } = somebody();
  const [row] = await invite(stack(), admin, { emails: [email] });
  await stack().settle();
  return { id: row!.id, email, mailId: await mailIdOf(stack(), email) };
}

test.each([
  ['a bounce', permanent, 'bounced'],
  ['a complaint', complaint, 'complained'],
  ['a delivery', delivery, 'delivered'],
])('200 C61: %s that overtakes the mailer’s own record stays', async (_, told, state) => {
  const { email } = somebody();
  stack().faults([{ kind: 'lost', service: 'ses', action: 'SendEmail' }]);
  const [row] = await invite(stack(), admin, { emails: [email], send: true });
  await stack().settle();
  // SES has the mail, but the mailer does not know that. For the mailer the mail is still owed.
  await report(await mailIdOf(stack(), email), told);
  expect(await shown(row!.id)).toMatchObject({ delivery: state });
  expect(await outbox(stack(), email)).toMatchObject([{ state: 'pending', owed: true }]);
  await waitSeconds(stack(), 61);
  expect(await shown(row!.id)).toMatchObject({ delivery: state });
  // A mail to an address that was suppressed meanwhile is not tried again.
  expect(stack().mails(email)).toHaveLength(state === 'delivered' ? 2 : 1);
});

const undetermined: ToldBySes = {
  eventType: 'Bounce',
  bounce: { bounceType: 'Undetermined', bounceSubType: 'Undetermined' },
};

test.each([
  ['bounced', [delivery, permanent, delivery]],
  ['complained', [complaint, delivery]],
  ['complained', [permanent, complaint, permanent]],
  ['bounced', [undetermined, delivery]],
  ['bounced', [delivery, undetermined]],
])('200 C61 C62: reports in any order end %s', async (state, reports) => {
  const { id, mailId } = await invited();
  for (const told of reports) await report(mailId, told);
  expect(await shown(id)).toMatchObject({ delivery: state });
  expect(await undelivered()).toContain(id);
});

test('200 C61 R0.7: a mail that arrives though the mailer gave it up is no trouble any more', async () => {
  const { email } = somebody();
  // As far as the mailer knows, SES may have accepted the mail.
  stack().faults([{ kind: 'error', service: 'ses', action: 'SendEmail', times: 99 }]);
  const [row] = await invite(stack(), admin, { emails: [email] });
  await stack().settle();
  for (const minutes of [1, 5, 25, 125]) await waitSeconds(stack(), minutes * 60 + 1);
  stack().faults([]);
  const given = await shown(row!.id);
  expect(given).toMatchObject({ delivery: 'failed', deliveryReason: 'sender_refused' });
  expect(await undelivered()).toContain(row!.id);
  await report(await mailIdOf(stack(), email), delivery);
  const arrived = await shown(row!.id);
  expect(arrived).toMatchObject({ delivery: 'delivered' });
  expect(arrived).not.toHaveProperty('deliveryReason');
  expect(await undelivered()).not.toContain(row!.id);
});

test('200 C61: the same report twice, or at once, is harmless', { tags: 'engine' }, async () => {
  const { id, email, mailId } = await invited();
  await report(mailId, permanent);
  const before = await stack().dumpTables();
  await report(mailId, permanent);
  await Promise.all([report(mailId, permanent), report(mailId, permanent), report(mailId, delivery)]);
  const after = await stack().dumpTables();
  expect(after['invites']!.length).toBe(before['invites']!.length);
  expect(after['mails']!.length).toBe(before['mails']!.length);
  expect(await shown(id)).toMatchObject({ delivery: 'bounced' });
  expect(await isSuppressed(stack(), email)).toBe(true);
});

test('200 C62: an automatic reply, which SES reports as a passing bounce, takes nothing from a mail that arrived', async () => {
  const { id, email, mailId } = await invited();
  for (const told of [passing, delivery, { eventType: 'Bounce', bounce: { bounceType: 'Transient' } }])
    await report(mailId, told);
  const arrived = await shown(id);
  expect(arrived).toMatchObject({ delivery: 'delivered' });
  expect(arrived).not.toHaveProperty('deliveryReason');
  expect(await undelivered()).not.toContain(id);
  expect(await isSuppressed(stack(), email)).toBe(false);
});

test('200 C62: a passing bounce without a delivery is trouble until the delivery is reported', async () => {
  const { email } = somebody();
  stack().faults([{ kind: 'error', service: 'ses', action: 'SendEmail', times: 99 }]);
  const [row] = await invite(stack(), admin, { emails: [email], send: true });
  await stack().settle();
  const mailId = await mailIdOf(stack(), email);
  await report(mailId, passing);
  expect(await shown(row!.id)).toMatchObject({ delivery: 'bounced', deliveryReason: 'passing' });
  expect(await undelivered()).toContain(row!.id);
  await report(mailId, delivery);
  expect(await shown(row!.id)).toMatchObject({ delivery: 'delivered' });
  expect(await undelivered()).not.toContain(row!.id);
  // Of a mailbox that is gone, a passing bounce afterwards changes nothing.
  await report(mailId, permanent);
  for (const told of [passing, delivery]) await report(mailId, told);
  expect(await shown(row!.id)).toMatchObject({ delivery: 'bounced', deliveryReason: 'no_mailbox' });
});

test.each([
  ['Transient', 'MailboxFull'],
  ['Undetermined', 'Undetermined'],
])('200 C62: a bounce that is %s, %s, suppresses nothing', async (bounceType, bounceSubType) => {
  const { id, email, mailId } = await invited();
  await report(mailId, { eventType: 'Bounce', bounce: { bounceType, bounceSubType } });
  expect(await shown(id)).toMatchObject({ delivery: 'bounced' });
  expect(await isSuppressed(stack(), email)).toBe(false);
  await changeInvite(stack(), admin, id, 'reissue');
  expect(await linkState(stack(), await mailedToken(stack(), email))).toBe('active');
  expect(await shown(id)).toMatchObject({ delivery: 'delivered' });
  expect(await undelivered()).not.toContain(id);
});

test('200 C62: a report of an older generation leaves the invite alone, but suppresses', async () => {
  const { id, email, mailId } = await invited();
  await changeInvite(stack(), admin, id, 'reissue');
  await stack().settle();
  await report(mailId, permanent);
  expect(await shown(id)).toMatchObject({ delivery: 'delivered' });
  expect(await isSuppressed(stack(), email)).toBe(true);
});

test('200: a report about an invite that is deleted brings nothing back', async () => {
  const { id, mailId } = await invited();
  await deleteInvite(stack(), admin, id);
  await report(mailId, complaint);
  const { invites } = await stack().dumpTables();
  expect(JSON.stringify(invites)).not.toContain(id);
});

test.each([
  [
    'the sentence by which SES tries out a topic',
    'Successfully validated SNS topic for Amazon SES event publishing.',
  ],
  ['an event that nobody asked for', JSON.stringify({ eventType: 'Send', mail: { tags: { mail: ['x'] } } })],
  ['a mail without our tag', JSON.stringify({ eventType: 'Bounce', mail: { tags: {} } })],
  ['a mail without tags', JSON.stringify({ eventType: 'Complaint', mail: {} })],
])('200: passes over %s', async (_, message) => {
  const before = await stack().dumpTables();
  await stack().invoke('mail-feedback', withMessages(readEvent('mail-feedback'), message));
  expect(await stack().dumpTables()).toEqual(before);
});

test('200 C62: a complaint that comes when the mail is long forgotten still keeps mail from its address', async () => {
  const { id, email, mailId } = await invited();
  const { config, documents } = insiderOf(stack());
  await documents.send(new DeleteCommand({ TableName: config.table('mails'), Key: { id: mailId } }));
  const late = (told: ToldBySes) =>
    stack().invoke('mail-feedback', aboutMail(readEvent('mail-feedback'), mailId, told, email));
  await late(delivery);
  expect(await isSuppressed(stack(), email)).toBe(false);
  await late(complaint);
  expect(await isSuppressed(stack(), email)).toBe(true);
  await changeInvite(stack(), admin, id, 'revoke');
  expect(await invite(stack(), admin, { emails: [email] })).toMatchObject([{ result: 'suppressed' }]);
});

test('200: of unknown mails it takes down the address alone, and whole reports after them', async () => {
  const count = async () =>
    Object.fromEntries(Object.entries(await stack().dumpTables()).map(([name, rows]) => [name, rows.length]));
  const before = await count();
  await stack().invoke('mail-feedback', readEvent('mail-feedback'));
  expect(await isSuppressed(stack(), 'hanako@example.com')).toBe(true);
  expect(await count()).toEqual({ ...before, mails: before['mails']! + 1 });
  const { id, mailId } = await invited();
  const event = aboutMail(readEvent('mail-feedback'), mailId, complaint);
  const unknown = aboutMail(readEvent('mail-feedback'), 'AAECAwQFBgcICQoLDA0ODw', complaint);
  await stack().invoke('mail-feedback', { Records: [...unknown.Records, ...event.Records] });
  expect(await shown(id)).toMatchObject({ delivery: 'complained' });
});
