import { beforeEach, expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { readEvent } from '../harness/stack/events.ts';
import { aboutMail, isSuppressed, mailIdOf, permanent } from '../harness/invites/feedback.ts';
import { changeInvite, linkState, listAll, shownInvite } from '../harness/invites/invites.ts';
import { outbox } from '../harness/stack/outbox.ts';
import { invite, mailedToken, register, somebody, tokenOf } from '../harness/people/people.ts';

const { stack, admin } = useAdmin();

let labels = 0;
beforeEach(() => {
  labels += 1;
});
/** An address of SES's mailbox simulator that no other test uses. */
const simulator = (name: string) => `${name}+${labels}@simulator.amazonses.com`;

const undelivered = async () =>
  (await listAll(stack(), admin, { status: 'undelivered' })).map(({ id }) => id);
const shown = (id: string) => shownInvite(stack(), admin, id);

/** Invites a guest and waits for SES's report about the mail. */
async function invited(email = somebody().email) {
  const [row] = await invite(stack(), admin, { emails: [email] });
  await stack().settle();
  return { row: row!, id: row!.id, email };
}

test('200 C62: takes down what a message of the topic says of a mail', async () => {
  const { id, email } = await invited();
  expect(await shown(id)).toMatchObject({ delivery: 'delivered' });
  const event = aboutMail(readEvent('mail-feedback'), await mailIdOf(stack(), email), permanent);
  await stack().invoke('mail-feedback', event);
  expect(await shown(id)).toMatchObject({ delivery: 'bounced' });
  expect(await isSuppressed(stack(), email)).toBe(true);
  expect(JSON.stringify(stack().logs().slice(-5))).toContain('mail.reported');
});

test.each([
  ['bounce', 'bounced', true],
  ['suppressionlist', 'bounced', true],
  ['complaint', 'complained', true],
  ['success', 'delivered', false],
  ['ooto', 'delivered', false],
])('200 R0.3 C62: a mail to %s@ is %s, and the admin sees it at the invite', async (name, state, trouble) => {
  for (const email of [`${name}@simulator.amazonses.com`, simulator(name)]) {
    const { id } = await invited(email);
    expect(await shown(id)).toMatchObject({ status: 'active', delivery: state });
    expect((await undelivered()).includes(id)).toBe(trouble);
    expect(await isSuppressed(stack(), email)).toBe(trouble);
    expect(await outbox(stack(), email)).toMatchObject([{ state: 'sent', owed: false }]);
    await changeInvite(stack(), admin, id, 'revoke');
    expect(await invite(stack(), admin, { emails: [email.toUpperCase()] })).toMatchObject([
      { email, result: trouble ? 'suppressed' : 'invited' },
    ]);
    await stack().settle();
    expect(stack().mails(email)).toHaveLength(trouble ? 1 : 2);
  }
});

test('200 C62: a mail that is owed to an address that has bounced is not sent, and fails visibly', async () => {
  const email = simulator('bounce');
  const first = await invited(email);
  await changeInvite(stack(), admin, first.id, 'reissue');
  await stack().settle();
  expect(stack().mails(email)).toHaveLength(1);
  expect((await outbox(stack(), email)).map(({ state }) => state).sort()).toEqual(['failed', 'sent']);
  expect(await shown(first.id)).toMatchObject({ status: 'active', delivery: 'failed' });
  expect(await undelivered()).toContain(first.id);
  expect(JSON.stringify(stack().logs().slice(-20))).toContain('mail.suppressed');
});

test('200 R0.3 R0.7: an undelivered invite is corrected: the new address gets a link, the old link dies', async () => {
  const [wrong, right] = [simulator('bounce'), somebody()];
  const { id, row } = await invited(wrong);
  const mailed = tokenOf(/https?:\S+\/invite\/\S+/.exec(stack().mails(wrong)[0]!.text)![0]);
  const answer = await changeInvite(stack(), admin, id, 'reissue', { email: right.email });
  expect(answer).toMatchObject({ status: 200, json: { email: right.email, delivery: 'pending' } });
  const token = await mailedToken(stack(), right.email);
  for (const old of [mailed, tokenOf(row.url)]) expect(await linkState(stack(), old)).toBe('invalid');
  expect(await undelivered()).not.toContain(id);
  expect(await shown(id)).toMatchObject({ email: right.email, delivery: 'delivered' });
  expect(await listAll(stack(), admin, { email: wrong })).toEqual([]);
  expect(await invite(stack(), admin, { emails: [right.email] })).toMatchObject([
    { id, result: 'already_invited' },
  ]);
  expect((await register(stack(), token, right)).user).toMatchObject({
    email: right.email,
    emailVerified: true,
  });
});

test('200 R0.7: a correction frees the old address', async () => {
  const [before, after] = [somebody().email, somebody().email];
  const { id } = await invited(before);
  await changeInvite(stack(), admin, id, 'reissue', { email: after });
  expect(await invite(stack(), admin, { emails: [before] })).toMatchObject([{ result: 'invited' }]);
  await stack().settle();
});

test('200 C63: a store that fails once loses no report', async () => {
  const email = simulator('bounce');
  stack().faults([{ kind: 'error', function: 'mail-feedback', service: 'dynamodb', times: 3 }]);
  const { id } = await invited(email);
  expect(await shown(id)).toMatchObject({ delivery: 'bounced' });
});
