import { expect, test } from 'vitest';
import { cookie } from '#shared/http/cookies.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { linkState } from '../harness/invites/invites.ts';
import { expectPage, signedInVisitor } from '../harness/http/pages.ts';
import { invite, mailedToken, openInvite, somebody } from '../harness/people/people.ts';
import { send } from '../harness/http/http.ts';
import { daySeconds } from '../harness/stack/time.ts';
import { Visitor } from '../harness/http/visitor.ts';

/** Several tabs of one browser, each with a link of its own. */
const { stack, admin } = useAdmin();

/** Opens a link in another tab of the browser. */
async function openTab(visitor: Visitor, token: string) {
  await visitor.get(`/invite/${token}`);
  return visitor.get('/register');
}

const adminInvite = () => openInvite(stack(), admin, { role: 'admin' });

async function mailedInvite(wish: object = {}) {
  const who = somebody();
  await invite(stack(), admin, { emails: [who.email], ...wish });
  return { who, token: await mailedToken(stack(), who.email) };
}

/** The user whom a browser is signed in as. */
const me = async ({ cookies }: Visitor) =>
  (await send<{ role: string; email: string; emailVerified: boolean }>(stack(), 'GET', '/v1/me', { cookies }))
    .json;

test('303 C70: each tab registers with the invite that it shows, whichever was opened last', async () => {
  const [general, chief] = [await openInvite(stack(), admin), await adminInvite()];
  const visitor = new Visitor(stack());
  const tab = await openTab(visitor, general);
  expectPage(await openTab(visitor, chief), 200, 'You will be an administrator');

  expect((await visitor.submit(tab, '/register', somebody())).status).toBe(303);
  expect(await me(visitor)).toMatchObject({ role: 'general' });
  expect([await linkState(stack(), general), await linkState(stack(), chief)]).toEqual(['used', 'active']);
  expect(visitor.cookies[cookie.invite], 'the other tab’s').toBe(chief);
});

test('303 C70: a mistake and its correction stay with the tab’s invite', async () => {
  const [general, chief] = [await openInvite(stack(), admin), await adminInvite()];
  const visitor = new Visitor(stack());
  const tab = await openTab(visitor, general);
  await openTab(visitor, chief);
  const again = await visitor.submit(tab, '/register', { ...somebody(), username: 'NO' });
  expect((await visitor.submit(again, '/register', somebody())).status).toBe(303);
  expect([await linkState(stack(), general), await linkState(stack(), chief)]).toEqual(['used', 'active']);
});

test('303 C70: of two mailed invites each lets in its own address', async () => {
  const [one, other] = [await mailedInvite(), await mailedInvite()];
  const visitor = new Visitor(stack());
  const tab = await openTab(visitor, one.token);
  await openTab(visitor, other.token);
  expect((await visitor.submit(tab, '/register', one.who)).status).toBe(303);
  expect(await me(visitor)).toMatchObject({ email: one.who.email, emailVerified: true });
});

test('303 C70: a new link is mailed for the link whose page asked for it', async () => {
  const [one, other] = [await mailedInvite({ expiresInDays: 1 }), await mailedInvite({ expiresInDays: 1 })];
  stack().clock.offsetSeconds += daySeconds + 60;
  const visitor = new Visitor(stack());
  const tab = await visitor.get(`/invite/${one.token}`);
  await visitor.get(`/invite/${other.token}`);
  expect((await visitor.submit(tab, '/invite/renew', {})).status).toBe(303);
  await stack().settle();
  const mails = [one, other].map(({ who }) => stack().mails(who.email).length);
  expect(mails).toEqual([2, 1]);
});

test('303 C70: signing out to use an invite leads to the invite that the page was about', async () => {
  const [general, chief] = [await openInvite(stack(), admin), await adminInvite()];
  const visitor = await signedInVisitor(stack(), await openInvite(stack(), admin));
  const tab = await openTab(visitor, general);
  await openTab(visitor, chief);
  expect((await visitor.submit(tab, '/logout', {})).headers['location']).toBe('/register');
  expectPage(await visitor.get('/register'), 200, 'The invite is good');
  expect((await visitor.get('/register')).text).not.toContain('You will be an administrator');
});

test('404 C70: nobody registers with an invite that the form does not name', async () => {
  const chief = await adminInvite();
  const visitor = new Visitor(stack());
  await openTab(visitor, chief);
  expectPage(await visitor.post('/register', somebody()), 404, 'not valid or has expired');
  expect((await visitor.post('/invite/renew', {})).status).toBe(303);
  expect(await linkState(stack(), chief)).toBe('active');
});

test.each([
  ['hours later', async () => (stack().clock.offsetSeconds += 5 * 3_600)],
  ['without the cookies of before', async (visitor: Visitor) => delete visitor.cookies[cookie.invite]],
])('303 C71: a form that is sent %s lets in', async (_, meanwhile) => {
  const visitor = new Visitor(stack());
  const form = await openTab(visitor, await openInvite(stack(), admin));
  await meanwhile(visitor);
  expect((await visitor.submit(form, '/register', somebody())).status).toBe(303);
  expect(await me(visitor)).toMatchObject({ role: 'general' });
});

test('422 C71: a form that is sent when its invite is over says what to do', async () => {
  const { who, token } = await mailedInvite({ expiresInDays: 1 });
  const visitor = new Visitor(stack());
  const form = await openTab(visitor, token);
  stack().clock.offsetSeconds += daySeconds + 60;
  delete visitor.cookies[cookie.invite];
  const dead = await visitor.submit(form, '/register', who);
  expectPage(dead, 422, 'The invite link has expired', 'Send me a new link');
  expect((await visitor.submit(dead, '/invite/renew', {})).status).toBe(303);
  await stack().settle();
  expect(stack().mails(who.email)).toHaveLength(2);
});
