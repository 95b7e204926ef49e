import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { codesOf } from '../harness/people/codes.ts';
import { waitSeconds } from '../harness/stack/outbox.ts';
import { expectPage, signedInVisitor } from '../harness/http/pages.ts';
import { readEvent } from '../harness/stack/events.ts';
import { aboutMail, mailIdOf, passing, permanent } from '../harness/invites/feedback.ts';
import { openInvite, register, somebody } from '../harness/people/people.ts';
import { fieldsOf, Visitor } from '../harness/http/visitor.ts';

/** The messages shown to people who wait for a code. */
const { stack, admin } = useAdmin();
const refused = 'Mail could not be sent just now';
const refusals = [{ kind: 'error', service: 'ses', action: 'SendEmail', times: 99 }] as const;

/** Asks for a code on a page; returns the page that takes it. */
async function ask(visitor: Visitor, path: string, email: string): Promise<string> {
  const answer = await visitor.post(path, { email });
  expect(answer.status).toBe(303);
  await stack().settle();
  return String(answer.headers['location']);
}

const pageSays = async (visitor: Visitor, path: string, says: string) =>
  expectPage(await visitor.get(path), 200, says);

test.each(['/forgot', '/move'])(
  '200 R2.9 C26: on %s who waits is told that mail is refused, whether there is such an account or not, until it is sent',
  async (path) => {
    const who = somebody();
    await register(stack(), await openInvite(stack(), admin, { kind: 'account' }), who);
    const visitor = new Visitor(stack());
    const before = await ask(visitor, path, somebody().email);
    await pageSays(visitor, before, 'a code is on its way');
    stack().faults([...refusals]);
    const own = await ask(visitor, '/forgot', who.email);
    const nobodys = await ask(visitor, path, somebody().email);
    for (const page of [own, nobodys, before]) await pageSays(visitor, page, refused);

    stack().faults([]);
    await waitSeconds(stack(), 61);
    await pageSays(visitor, nobodys, 'a code is on its way');
    expect(await codesOf(stack(), who.email)).toHaveLength(1);
  },
);

test('200 R2.9: who is signed in hears of their own mail alone, until it is sent', async () => {
  const [who, other] = [somebody(), somebody()];
  const visitor = await signedInVisitor(stack(), await openInvite(stack(), admin), who);
  const neighbour = await signedInVisitor(stack(), await openInvite(stack(), admin), other);
  const theirs = await ask(neighbour, '/verify', other.email);
  stack().faults([...refusals]);
  const own = await ask(visitor, '/verify', who.email);
  await pageSays(visitor, own, refused);
  await pageSays(neighbour, theirs, 'A code is on its way to you');
  stack().faults([]);
  await waitSeconds(stack(), 61);
  await pageSays(visitor, own, 'A code is on its way to you');
});

test('200 R2.9 C62: an automatic reply to the mail of a code is no refusal of it', async () => {
  const who = somebody();
  const visitor = await signedInVisitor(stack(), await openInvite(stack(), admin), who);
  const page = await ask(visitor, '/verify', who.email);
  const id = await mailIdOf(stack(), who.email);
  await stack().invoke('mail-feedback', aboutMail(readEvent('mail-feedback'), id, passing));
  await pageSays(visitor, page, 'A code is on its way to you');
});

test('200 R2.9: so they do when the mail came back, and when none is sent there any more', async () => {
  const who = somebody();
  const visitor = await signedInVisitor(stack(), await openInvite(stack(), admin), who);
  const page = await ask(visitor, '/verify', who.email);
  const id = await mailIdOf(stack(), who.email);
  await stack().invoke('mail-feedback', aboutMail(readEvent('mail-feedback'), id, permanent));
  await pageSays(visitor, page, refused);
  await waitSeconds(stack(), 61);
  await pageSays(visitor, await ask(visitor, '/verify', who.email), refused);
  expect(await codesOf(stack(), who.email)).toHaveLength(1);
});

test.each([
  ['/forgot', 'email'],
  ['/move', 'login'],
])(
  '200 R2.5 R2.9: %s knows the address and tells of refusals as long as the code lives, which was mailed once more',
  async (path, field) => {
    const [who, other] = [somebody(), somebody()];
    for (const one of [who, other])
      await register(stack(), await openInvite(stack(), admin, { kind: 'account' }), one);
    const visitor = new Visitor(stack());
    const first = await ask(visitor, path, who.email);
    stack().clock.offsetSeconds += 20 * 60;
    await ask(visitor, path, who.email);
    stack().clock.offsetSeconds += 15 * 60;
    stack().faults([...refusals]);
    await ask(visitor, '/forgot', other.email);
    const shown = await visitor.get(first);
    expectPage(shown, 200, refused);
    expect(fieldsOf(shown.text)[field]).toBe(who.email);
    stack().faults([]);
    stack().clock.offsetSeconds += 16 * 60;
    const over = await visitor.get(first);
    expectPage(over, 200, 'a code is on its way');
    expect(fieldsOf(over.text)[field]).toBe('');
  },
);

test('200 R2.5 R2.9: so does the first page of who is signed in, of their own mail', async () => {
  const who = somebody();
  const visitor = await signedInVisitor(stack(), await openInvite(stack(), admin), who);
  const first = await ask(visitor, '/verify', who.email);
  stack().clock.offsetSeconds += 20 * 60;
  stack().faults([...refusals]);
  await ask(visitor, '/verify', who.email);
  stack().clock.offsetSeconds += 15 * 60;
  await pageSays(visitor, first, refused);
});

test('200 R2.9: no page speaks of a flow that there is not', async () => {
  await pageSays(new Visitor(stack()), '/forgot/none', 'a code is on its way');
});
