import { expect, inject, test } from 'vitest';
import { fieldTexts } from '#shared/errors/field-texts.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { callsOf } from '../harness/stack/calls.ts';
import { linkState, listPage, shownInvite } from '../harness/invites/invites.ts';
import { codeState, createInvites, verifiedUser } from '../harness/invites/inviting.ts';
import { outbox, waitSeconds } from '../harness/stack/outbox.ts';
import { invite, mailedToken, somebody, tokenOf } from '../harness/people/people.ts';
import { volume } from '../harness/volume.ts';

const { stack, admin } = useAdmin('usersInvite');

/** Milliseconds that a thousand invites and mails may take on a busy machine; nothing is measured. */
const patience = 600_000;

const people = (count: number) => Array.from({ length: count }, () => somebody().email);

/** How many addresses got how many mails, by the number of mails. */
function mailsTo(emails: readonly string[]): Record<number, number> {
  const counts = new Map(emails.map((email) => [email, 0]));
  for (const { to } of stack().mails()) if (counts.has(to)) counts.set(to, counts.get(to)! + 1);
  const tally: Record<number, number> = {};
  for (const count of counts.values()) tally[count] = (tally[count] ?? 0) + 1;
  return tally;
}

test(
  '201 R3.8 C51: a thousand open invites in one request, each with a link and a code of its own',
  async () => {
    const { status, json } = await createInvites(stack(), admin, { count: 1_000 }, { key: 'thousand' });
    expect(status).toBe(201);
    for (const field of ['id', 'url', 'code'] as const) {
      expect(new Set(json.invites.map((row) => row[field])).size).toBe(1_000);
    }
    expect(json.invites.every(({ result, mailed }) => result === 'invited' && mailed === false)).toBe(true);
    for (const { url, code } of [json.invites[0]!, json.invites[999]!]) {
      expect(await linkState(stack(), tokenOf(url))).toBe('active');
      expect(await codeState(stack(), code!)).toBe('active');
    }
  },
  patience,
);

/** A proof makes 1,000 guests with the three that get no mail, or 300 on DynamoDB Local, where mails take three times as long. */
const guests = volume(inject('store') === 'dynamodb-local' ? 297 : 997, 67);
/** Mails that SES refuses at first. */
const refused = 40;

test(
  '201 R0.3 C51 C61: a thousand addresses in one request: a result and, though SES falters, one mail each',
  async () => {
    const known = await verifiedUser(stack(), admin);
    const [open] = await invite(stack(), admin, { emails: people(1) });
    const fresh = people(guests);
    const emails = [...fresh, known.user.email!, open!.email!, 'no address'];
    stack().faults([
      { kind: 'error', function: 'mail-send', service: 'ses', action: 'SendEmail', nth: 20, times: refused },
    ]);
    const { status, json } = await createInvites(stack(), admin, { emails, locale: 'en' }, { key: 'people' });
    expect(status).toBe(201);
    expect(json.invites.map(({ email }) => email)).toEqual(emails);
    expect(json.invites.slice(0, guests).every(({ result, mailed }) => result === 'invited' && mailed)).toBe(
      true,
    );
    expect(json.invites.slice(guests)).toEqual([
      { email: known.user.email, result: 'member' },
      { id: open!.id, email: open!.email, result: 'already_invited' },
      { email: 'no address', result: 'bad_address', reason: fieldTexts.email.en },
    ]);

    await stack().settle();
    expect(mailsTo(fresh)).toEqual({ 0: refused, 1: guests - refused });
    await waitSeconds(stack(), 61);
    expect(mailsTo(fresh)).toEqual({ 1: guests });
    expect(await linkState(stack(), await mailedToken(stack(), fresh.at(-1)!))).toBe('active');
    const { json: page } = await listPage(stack(), admin, { email: fresh[60]! });
    expect(page.items).toMatchObject([{ id: json.invites[60]!.id, delivery: 'delivered' }]);
  },
  patience,
);

test('201 R0.3: the answer does not wait for mail: it is there while SES takes none', async () => {
  const emails = people(20);
  stack().faults([{ kind: 'error', service: 'ses', action: 'SendEmail', times: 999 }]);
  const rows = await invite(stack(), admin, { emails });
  expect(rows.map(({ result }) => result)).toEqual(emails.map(() => 'invited'));
  expect(await linkState(stack(), tokenOf(rows[0]!.url))).toBe('active');
  expect(callsOf(stack(), 'admin-invite-create').filter(({ service }) => service === 'ses')).toEqual([]);
  await stack().settle();
  expect(mailsTo(emails)).toEqual({ 0: 20 });
  expect(await shownInvite(stack(), admin, rows[0]!.id)).toMatchObject({ delivery: 'pending' });

  stack().faults([]);
  await waitSeconds(stack(), 61);
  expect(mailsTo(emails)).toEqual({ 1: 20 });
});

test(
  '201 C61: the mailer dies now and then: nothing is lost, and only mails in flight come twice',
  { tags: 'engine' },
  async () => {
    const emails = people(20);
    stack().faults([
      { kind: 'lost', function: 'mail-send', service: 'ses', action: 'SendEmail', nth: 5 },
      { kind: 'error', function: 'mail-send', service: 'ses', action: 'SendEmail', nth: 9 },
      {
        kind: 'error',
        function: 'mail-send',
        service: 'dynamodb',
        action: 'TransactWriteItems',
        nth: 15,
        times: 3,
      },
    ]);
    await invite(stack(), admin, { emails });
    await stack().settle();
    await waitSeconds(stack(), 130);
    // Two mails come twice: SES's answer was lost, or the record was. SES refused the third, so it was not in flight.
    expect(mailsTo(emails)).toEqual({ 1: 18, 2: 2 });
    for (const email of emails) {
      expect(await outbox(stack(), email)).toMatchObject([{ state: 'sent', owed: false }]);
    }
  },
);
