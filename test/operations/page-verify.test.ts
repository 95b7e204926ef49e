import { beforeAll, describe, expect, test } from 'vitest';
import { boundVisitor } from '../harness/people/bound.ts';
import { codeOf } from '../harness/people/codes.ts';
import { newDevice } from '../harness/people/devices.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { expectHead, expectPage, invited, page, signedInVisitor } from '../harness/http/pages.ts';
import {
  firstAdmin,
  invite,
  mailedToken,
  openInvite,
  register,
  somebody,
  type SignedIn,
} from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';
import { fieldsOf, type Visitor } from '../harness/http/visitor.ts';

describe('who has not proven the address', () => {
  const stack = useStack();
  const who = somebody();
  let admin: SignedIn;
  let visitor: Visitor;
  beforeAll(async () => {
    admin = await firstAdmin(stack());
    visitor = await signedInVisitor(stack(), await openInvite(stack(), admin), who);
  });

  test('200 R2.5: is offered a code, for the own address and no other', async () => {
    const { cookies } = visitor;
    const answer = await sendEvent(stack(), 'page-verify', { cookies });
    expectPage(answer, 200, 'メールアドレスの確認', 'コードを送る', 'action="/verify"');
    expect(fieldsOf(answer.text)).toEqual({ email: who.email });
    expectPage(answer, 200, `>${who.email}</strong>`, 'href="/account#email"');
    await expectHead(stack(), '/verify', { cookies });
    expectPage(await visitor.get('/'), 200, 'href="/verify"');
  });

  test('303 R2.5: the form mails the code and leads to where it is typed', async () => {
    const answer = await visitor.submit(await visitor.get('/verify'), '/verify', {});
    expect(answer.headers['location']).toMatch(/^\/verify\/[\w-]{22,}$/);
    expectPage(await visitor.get(String(answer.headers['location'])), 200, 'A code is on its way to you');
    expect(await codeOf(stack(), who.email)).toHaveLength(6);
  });

  test('303 R2.5 R7.5: once the address is proven, the first page says so', async () => {
    const owner = somebody();
    const browser = await signedInVisitor(stack(), await openInvite(stack(), admin), owner);
    const { headers } = await browser.submit(await browser.get('/verify'), '/verify', {});
    const form = await browser.get(String(headers['location']));
    const code = await codeOf(stack(), owner.email);
    const done = await browser.submit(form, '/verify/code', { code });
    expect(done).toMatchObject({ status: 303, headers: { location: '/?notice=email-verified' } });
    const home = await browser.get('/?notice=email-verified');
    // Another language tells it again, also once the script has taken it out of the address.
    expectPage(home, 200, 'Your email address is confirmed.', 'name="here" value="/?notice=email-verified"');
    expect(home.text).not.toContain('not confirmed yet');
  });

  test("303 R2.5: nothing goes to somebody else's address; the page begins anew with the own one", async () => {
    const { email } = somebody();
    const again = await visitor.post('/verify', { email });
    expect(again).toMatchObject({ status: 303, headers: { location: '/verify' } });
    await stack().settle();
    expect(stack().mails(email)).toEqual([]);
  });

  test('303 R4.6: whoever is not signed in is led to the login page, and back', async () => {
    const wanted = { status: 303, headers: { location: '/login?next=%2Fverify' } };
    expect(await page(stack(), '/verify')).toMatchObject(wanted);
    const guest = await signedInVisitor(stack(), await openInvite(stack(), admin));
    await guest.post('/logout', {});
    expect(await guest.post('/verify', { email: who.email })).toMatchObject(wanted);
  });

  test('303: whoever has proven it goes on', async () => {
    const guest = somebody();
    await invite(stack(), admin, { emails: [guest.email] });
    const proven = await signedInVisitor(stack(), await mailedToken(stack(), guest.email), guest);
    expect(await proven.get('/verify')).toMatchObject({ status: 303, headers: { location: '/' } });
  });

  test('303 C68: whose address its owner has taken back is led to where a new one is given', async () => {
    const squatter = somebody();
    const browser = await signedInVisitor(stack(), await openInvite(stack(), admin), squatter);
    await invite(stack(), admin, { emails: [squatter.email] });
    const owner = { ...somebody(), email: squatter.email };
    await register(stack(), await mailedToken(stack(), squatter.email), owner);
    const answer = await browser.get('/verify');
    expect(answer).toMatchObject({ status: 303, headers: { location: '/account#email' } });
    expectPage(await browser.get('/account'), 200);
  });

  test('303 R3.4: whoever is known by a device alone has no address to prove, and goes on', async () => {
    const wish = { kind: 'device-only', passphrase: 'open sesame' };
    const { visitor: known, form } = await invited(stack(), await openInvite(stack(), admin, wish));
    const deviceKey = JSON.stringify((await newDevice()).deviceKey);
    await known.submit(form, '/register', { passphrase: wish.passphrase, deviceKey });
    expect(await known.get('/verify')).toMatchObject({ status: 303, headers: { location: '/' } });
  });

  test('200 C69: for a bound session the page knows no address, and its form has a place for the proof', async () => {
    const { visitor: bound, who: owner } = await boundVisitor(stack(), admin);
    const answer = await bound.get('/verify');
    expectPage(answer, 200, 'data-session="', 'data-now="', 'This page needs JavaScript');
    expect(answer.text).not.toContain(owner.email);
    expect(Object.keys(fieldsOf(answer.text))).toEqual(expect.arrayContaining(['session', 'proof', 'email']));
  });

  test('403 C69: a form sent with a copied cookie of a bound session, without the proof, mails nothing', async () => {
    const { visitor: bound, who: owner } = await boundVisitor(stack(), admin);
    await stack().settle();
    const before = stack().mails(owner.email);
    const form = await bound.get('/verify');
    for (const copied of [fieldsOf(form.text), {}])
      expect((await bound.post('/verify', { ...copied, email: owner.email })).status).toBe(403);
    await stack().settle();
    expect(stack().mails(owner.email)).toEqual(before);
  });
});
