/** @module-tag engine */
import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { readEvent } from '../harness/stack/events.ts';
import { changeInvite, linkState, shownInvite } from '../harness/invites/invites.ts';
import { aboutMail, delivery } from '../harness/invites/feedback.ts';
import { outbox, streamMails, waitSeconds } from '../harness/stack/outbox.ts';
import { changeUser } from '../harness/people/managing.ts';
import { invite, mailedToken, register, secondAdmin, somebody, tokenOf } from '../harness/people/people.ts';
import { meanwhile } from '../harness/stack/meanwhile.ts';

const { stack, admin } = useAdmin();

/** Passes records to the function, as the stream does when a mail is owed. */
const send = (...mailIds: string[]) => streamMails(stack(), 'mail-send', readEvent('mail-send'), ...mailIds);

const owedMail = async (email: string) => (await outbox(stack(), email))[0]!.id;

/** Invites a guest while `fault` disturbs the mail. */
async function inviteWith(fault: Parameters<ReturnType<typeof stack>['faults']>[0][number]) {
  const { email } = somebody();
  stack().faults([{ function: 'mail-send', ...fault }]);
  const [row] = await invite(stack(), admin, { emails: [email] });
  await stack().settle();
  return { email, id: row!.id };
}

test('200 R5.5 R0.3: sends the mail that a record of the stream names', async () => {
  const { email, id } = await inviteWith({ kind: 'error', service: 'ses', action: 'SendEmail' });
  expect(stack().mails(email)).toEqual([]);
  const mailId = await owedMail(email);
  // The scheduled sweep fails, so that the stream's function sends the mail.
  stack().faults([{ kind: 'error', function: 'mail-sweep', times: 99 }]);
  await waitSeconds(stack(), 61);
  expect(stack().mails(email)).toEqual([]);
  expect(await send(mailId)).toEqual({ batchItemFailures: [] });
  expect(stack().mails(email)).toHaveLength(1);
  expect(await outbox(stack(), email)).toMatchObject([{ state: 'sent', owed: false, attempts: 2 }]);
  await stack().settle();
  expect(await shownInvite(stack(), admin, id)).toMatchObject({ delivery: 'delivered' });
});

test('200 C61: the same record twice, or at once, is one mail', async () => {
  const { email } = somebody();
  await invite(stack(), admin, { emails: [email] });
  await stack().settle();
  const id = await owedMail(email);
  await Promise.all([send(id, id), send(id)]);
  await send(id);
  expect(stack().mails(email)).toHaveLength(1);
});

test('200 C61: records of unknown mails are passed over, those after them are sent', async () => {
  const { email } = await inviteWith({ kind: 'error', service: 'ses', action: 'SendEmail' });
  const id = await owedMail(email);
  stack().faults([{ kind: 'error', function: 'mail-sweep', times: 99 }]);
  await waitSeconds(stack(), 61);
  expect(await send('AAECAwQFBgcICQoLDA0ODw', id)).toEqual({ batchItemFailures: [] });
  expect(stack().mails(email)).toHaveLength(1);
});

test('200 C61: a record that could not be decided is named, so that the stream brings it again', async () => {
  const { email } = await inviteWith({ kind: 'error', service: 'ses', action: 'SendEmail' });
  const id = await owedMail(email);
  stack().faults([{ kind: 'error', service: 'dynamodb', times: 99 }]);
  const { batchItemFailures } = await send(id);
  expect(batchItemFailures).toEqual([{ itemIdentifier: '100000000003498069978' }]);
});

test('200 C61: when the store fails before a mail is taken, the stream repeats and the mail goes out', async () => {
  const { email } = await inviteWith({ kind: 'error', service: 'dynamodb', action: 'UpdateItem', times: 3 });
  expect(stack().mails(email)).toHaveLength(1);
});

test.each([
  ['the invite is read', { kind: 'error', service: 'dynamodb', action: 'GetItem', times: 3 }, 1],
  ['the link is derived', { kind: 'error', service: 'kms', times: 3 }, 1],
  ['it is written down', { kind: 'error', service: 'dynamodb', action: 'TransactWriteItems', times: 3 }, 2],
] as const)('200 C61: a mailer that dies before %s leaves the mail to the sweep', async (_, fault, mails) => {
  const { email, id } = await inviteWith(fault);
  // If the mail goes out twice, SES already has the first one.
  expect(await outbox(stack(), email)).toMatchObject([{ owed: true, attempts: mails - 1 }]);
  const before = stack().mails(email).length;
  await waitSeconds(stack(), 61);
  expect(stack().mails(email)).toHaveLength(before);
  await waitSeconds(stack(), 60);
  // Only between SES's answer and the record of it can a crash send a mail twice (DESIGN 6).
  expect(stack().mails(email)).toHaveLength(mails);
  expect(await outbox(stack(), email)).toMatchObject([{ state: 'sent', owed: false }]);
  expect(await shownInvite(stack(), admin, id)).toMatchObject({ delivery: 'delivered' });
});

test('200 C61: a mail goes out at once, and once, though the answer to its taking is lost', async () => {
  const { email } = await inviteWith({ kind: 'lost', service: 'dynamodb', action: 'UpdateItem', times: 1 });
  expect(stack().mails(email)).toHaveLength(1);
  expect(await outbox(stack(), email)).toMatchObject([{ state: 'sent', owed: false, attempts: 1 }]);
});

test("200 C61: SES's answer is lost: the mail comes twice rather than never", async () => {
  const { email } = await inviteWith({ kind: 'lost', service: 'ses', action: 'SendEmail' });
  expect(stack().mails(email)).toHaveLength(1);
  expect(await outbox(stack(), email)).toMatchObject([{ owed: true }]);
  await waitSeconds(stack(), 61);
  expect(stack().mails(email)).toHaveLength(2);
  expect(await outbox(stack(), email)).toMatchObject([{ state: 'sent' }]);
  const links = stack()
    .mails(email)
    .map(({ text }) => /invite\/(\S+)/.exec(text)![1]!);
  expect(new Set(links).size).toBe(1);
});

test('200 R0.7: a re-issue makes the mail that is still owed obsolete', async () => {
  const { email, id } = await inviteWith({ kind: 'error', service: 'ses', action: 'SendEmail' });
  await changeInvite(stack(), admin, id, 'reissue');
  expect(await linkState(stack(), await mailedToken(stack(), email))).toBe('active');
  await waitSeconds(stack(), 61);
  expect(stack().mails(email)).toHaveLength(1);
  expect((await outbox(stack(), email)).map(({ state }) => state).sort()).toEqual(['obsolete', 'sent']);
  expect(await shownInvite(stack(), admin, id)).toMatchObject({ status: 'active', delivery: 'delivered' });
});

test('200 R0.7: an invite that was withdrawn meanwhile is not mailed, and waits for no mail any more', async () => {
  const { email, id } = await inviteWith({ kind: 'error', service: 'ses', action: 'SendEmail' });
  await changeInvite(stack(), admin, id, 'revoke');
  await waitSeconds(stack(), 61);
  expect(stack().mails(email)).toEqual([]);
  expect(await outbox(stack(), email)).toMatchObject([{ state: 'obsolete', owed: false }]);
  const shown = await shownInvite(stack(), admin, id);
  expect(shown.status).toBe('revoked');
  expect(shown).not.toHaveProperty('delivery');
});

test('200 R0.7: what SES says of a mail stays, also where its invite is over before the mailer knows that it went out', async () => {
  const { email, id } = await inviteWith({ kind: 'lost', service: 'ses', action: 'SendEmail' });
  await stack().invoke(
    'mail-feedback',
    aboutMail(readEvent('mail-feedback'), await owedMail(email), delivery),
  );
  await changeInvite(stack(), admin, id, 'revoke');
  await waitSeconds(stack(), 61);
  expect(await outbox(stack(), email)).toMatchObject([{ state: 'obsolete' }]);
  expect(await shownInvite(stack(), admin, id)).toMatchObject({ status: 'revoked', delivery: 'delivered' });
});

test('200 R0.7: a mail that was held up until its invite was over is told as one that could not be sent', async () => {
  const email = somebody().email;
  stack().faults([{ kind: 'error', service: 'ses', action: 'SendEmail', times: 99 }]);
  const [row] = await invite(stack(), admin, { emails: [email], expiresInDays: 1 });
  await stack().settle();
  stack().clock.offsetSeconds += 86_400 + 60;
  stack().faults([]);
  await waitSeconds(stack(), 61);
  expect(stack().mails(email)).toEqual([]);
  expect(await shownInvite(stack(), admin, row!.id)).toMatchObject({ status: 'expired', delivery: 'failed' });
});

test('200 R0.7: an invite that was used by its shown link meanwhile is not mailed, nor waits for it', async () => {
  const guest = somebody();
  stack().faults([{ kind: 'error', function: 'mail-send', service: 'ses', action: 'SendEmail' }]);
  const [row] = await invite(stack(), admin, { emails: [guest.email] });
  await stack().settle();
  await register(stack(), tokenOf(row!.url), guest);
  await waitSeconds(stack(), 61);
  expect(stack().mails(guest.email)).toEqual([]);
  const shown = await shownInvite(stack(), admin, row!.id);
  expect(shown.status).toBe('used');
  expect(shown).not.toHaveProperty('delivery');
});

test('200 C64: without its grant the mailer cannot send, and the mail stays owed', async () => {
  const giveBack = stack().removeGrant('mail-send', 'ses:SendEmail');
  const { email } = somebody();
  await invite(stack(), admin, { emails: [email] });
  await stack().settle();
  giveBack();
  expect(
    stack()
      .calls()
      .find(({ denied }) => denied)?.denied,
  ).toContain('ses:SendEmail');
  expect(await outbox(stack(), email)).toMatchObject([{ state: 'pending', owed: true, attempts: 1 }]);
  await waitSeconds(stack(), 61);
  expect(stack().mails(email)).toHaveLength(1);
});

test('200 C64 R5.5: under another sender’s address no mailer may send, whatever identities SES knows', async () => {
  stack().deploy({ mailFrom: 'stranger@latchkey.example' });
  const { email } = somebody();
  await invite(stack(), admin, { emails: [email] });
  await stack().settle();
  const denied = stack()
    .calls()
    .flatMap((call) => call.denied ?? []);
  expect(new Set(denied)).toEqual(new Set(['ses:SendEmail identity/stranger@latchkey.example']));
  stack().deploy({});
  await waitSeconds(stack(), 61);
  expect(stack().mails(email)).toMatchObject([{ from: expect.stringContaining('invites@latchkey.example') }]);
});

test('200 R8.1: answers to a mail go where the deployment says, else to its sender', async () => {
  const [said, unsaid] = [somebody().email, somebody().email];
  await invite(stack(), admin, { emails: [unsaid] });
  await stack().settle();
  stack().deploy({ replyTo: 'help@choir.example' });
  await invite(stack(), admin, { emails: [said] });
  await stack().settle();
  expect(stack().mails(said)).toMatchObject([{ replyTo: 'help@choir.example' }]);
  expect(stack().mails(unsaid)[0]).not.toHaveProperty('replyTo');
});

test('200 C91: nothing is sent for who was shut out, the invite says so, and a new link by an administrator goes out', async () => {
  const issuer = await secondAdmin(stack(), admin);
  const { email } = somebody();
  const shutOut = () => changeUser(stack(), admin, issuer.user.id, { disabled: true });
  const moment = { function: 'mail-send', action: 'GetItem' };
  const [row] = await meanwhile(
    stack(),
    moment,
    async () => {
      const rows = await invite(stack(), issuer, { emails: [email] });
      await stack().settle();
      return rows;
    },
    shutOut,
  );
  expect(stack().mails(email)).toEqual([]);
  expect(await shownInvite(stack(), admin, row!.id)).toMatchObject({ status: 'active', delivery: 'failed' });
  await changeInvite(stack(), admin, row!.id, 'reissue');
  expect(await linkState(stack(), await mailedToken(stack(), email))).toBe('active');
});

test('200 C91: nor for who may no longer grant it, though the invite is still open', async () => {
  const issuer = await secondAdmin(stack(), admin);
  const { email } = somebody();
  // The sweep of open invites after the demotion fails, so that the mailer alone can withhold the mail.
  stack().faults([{ kind: 'error', function: 'admin-user-update', action: 'Query', times: 99 }]);
  const [row] = await meanwhile(
    stack(),
    { function: 'mail-send', action: 'GetItem' },
    async () => {
      const rows = await invite(stack(), issuer, { emails: [email], role: 'admin' });
      await stack().settle();
      return rows;
    },
    () => changeUser(stack(), admin, issuer.user.id, { role: 'general' }),
  );
  expect(stack().mails(email)).toEqual([]);
  expect(await shownInvite(stack(), admin, row!.id)).toMatchObject({ status: 'active', delivery: 'failed' });
});
