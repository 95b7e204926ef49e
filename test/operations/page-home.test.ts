import { beforeAll, describe, expect, test } from 'vitest';
import { cookie } from '#shared/http/cookies.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import {
  adminWithBrowser,
  expectHead,
  expectPage,
  page,
  signedInVisitor,
  signInByForm,
} from '../harness/http/pages.ts';
import { boundVisitor } from '../harness/people/bound.ts';
import { changeUser } from '../harness/people/managing.ts';
import { mailedGuest, openInvite, password, somebody, type SignedIn } from '../harness/people/people.ts';
import { putKey } from '../harness/relay/keys.ts';
import { useStack } from '../harness/stack/stack.ts';
import { Visitor } from '../harness/http/visitor.ts';

describe('without an app of its own', () => {
  const stack = useStack();
  let admin: SignedIn;
  let browser: Visitor;
  beforeAll(async () => {
    ({ admin, browser } = await adminWithBrowser(stack()));
  });
  const guest = async (who: object = {}) => signedInVisitor(stack(), await openInvite(stack(), admin), who);

  test('200 R3.1: says who is signed in, with the way out', async () => {
    const { cookies } = await guest({ firstName: 'Hanako', lastName: 'Yamada', username: 'hanako' });
    const answer = await sendEvent(stack(), 'page-home', { cookies });
    expectPage(answer, 200, '<html lang="ja">', 'hanako', 'action="/logout"', 'ログアウト', '未確認');
    expect(answer.text).not.toContain('href="/admin');
    await expectHead(stack(), '/', { cookies });
  });

  test('200 R7.4: says what to do next: proving the mailbox, storing a key, inviting', async () => {
    const who = somebody('next');
    const visitor = await guest(who);
    expectPage(await visitor.get('/'), 200, 'href="/verify"', 'href="/keys"', 'href="/account"');
    expect((await visitor.get('/')).text).not.toContain('Store an API key');

    const { user, session } = await mailedGuest(stack(), admin);
    await changeUser(stack(), admin, user.id, { limits: { invites: 2 } });
    const proven = await signInByForm(stack(), user.username);
    const before = await proven.get('/');
    expectPage(before, 200, 'Store an API key', 'Invites that you can still send: 2', 'href="/invites"');
    expect(before.text).not.toContain('href="/verify"');
    await putKey(stack(), { session });
    expect((await proven.get('/')).text).not.toContain('Store an API key');
  });

  test('200 R7.4 C69: a bound one tells nothing of its owner, and leads on without scripts', async () => {
    const { visitor, who } = await boundVisitor(stack(), admin);
    const answer = await visitor.get('/');
    expectPage(answer, 200, 'href="/keys"', 'href="/account"', 'id="other-device"');
    for (const told of [who.username, who.email, 'Store an API key']) expect(answer.text).not.toContain(told);
  });

  test('200 R4.1: only administrators find the way to invite', async () => {
    expectPage(await browser.get('/'), 200, 'href="/admin/invites/new"', 'Administrator', 'Invite people');
    expect((await (await guest()).get('/')).text).not.toContain('/admin');
    const unproven = await openInvite(stack(), admin, { role: 'admin' });
    expect((await (await signedInVisitor(stack(), unproven, {})).get('/')).text).not.toContain('/admin');
  });

  test('200 R4.11: a name is shown as text, never as markup', async () => {
    const visitor = await guest({ firstName: '<script>alert(1)</script>', lastName: '{{7*7}}' });
    const answer = await visitor.get('/');
    expectPage(answer, 200, '&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(answer.text).not.toContain('<script>alert');
  });

  test('303 R4.6: whoever is not signed in is led to the login page, and back afterwards', async () => {
    const visitor = new Visitor(stack());
    expect(await visitor.get('/')).toMatchObject({ status: 303, headers: { location: '/login' }, text: '' });
    await expectHead(stack(), '/');
    const form = await visitor.get('/login');
    const answer = await visitor.submit(form, '/login', { login: admin.user.username, password });
    expect(answer).toMatchObject({ status: 303, headers: { location: '/' } });
    expectPage(await visitor.get('/'), 200, admin.user.username);
  });

  test.each(['', 'x', 'a.b.c', `${'A'.repeat(22)}.${'A'.repeat(22)}.${'A'.repeat(43)}`])(
    '303 R4.6: the session %j is none',
    async (session) => {
      const answer = await page(stack(), '/', { cookies: { [cookie.session]: session } });
      expect(answer).toMatchObject({ status: 303, headers: { location: '/login' } });
    },
  );

  test('303 R4.5: the way out ends the session, not only the cookie', async () => {
    const visitor = await guest();
    const stolen = { ...visitor.cookies };
    expect(await visitor.post('/logout', {})).toMatchObject({ status: 303, headers: { location: '/login' } });
    expect(visitor.cookies).not.toHaveProperty(cookie.session);
    expect((await page(stack(), '/', { cookies: stolen })).status).toBe(303);
    expect((await visitor.post('/logout', {})).headers['location']).toBe('/login');
  });

  test('403 R4.11 C37: a foreign page cannot sign anybody out', async () => {
    const visitor = await guest();
    for (const headers of [{ origin: 'https://evil.example' }, {}]) {
      const sent = { cookies: visitor.cookies, headers: { ...headers, 'accept-language': 'en' } };
      expectPage(await send(stack(), 'POST', '/logout', sent), 403, 'another site');
    }
    expect((await visitor.get('/')).status).toBe(200);
  });

  test('503 R4.8 R2.9: when the store is down the page says so, and the session is kept', async () => {
    stack().faults([{ kind: 'error', service: 'dynamodb', times: 99 }]);
    const answer = await browser.get('/');
    expectPage(answer, 503, 'The store cannot be reached', 'Nothing was lost');
    expect(answer.headers['retry-after']).toBe('1');
    stack().faults([]);
    expect((await browser.get('/')).status).toBe(200);
  });
});

describe('with an app of its own', () => {
  const stack = useStack('withApp');
  const app = 'https://app.example.com';

  test('303 R3.1 R4.6: guests are led to the app, admins to their desk and a button to it', async () => {
    const { admin, browser } = await adminWithBrowser(stack());
    expectPage(await browser.get('/'), 200, '/admin/invites/new', `href="${app}/start"`);
    const visitor = await signedInVisitor(stack(), await openInvite(stack(), admin), { username: 'guest' });
    const answer = await visitor.get('/');
    expect(answer).toMatchObject({ status: 303, headers: { location: `${app}/start` } });

    // Browsers check the target of a form's redirect against the page's policy, so the policy must name the app.
    const policy = String((await page(stack(), '/login')).headers['content-security-policy']);
    expect(policy).toContain(`form-action 'self' ${app};`);

    // Back to a page of the app, and to no other.
    for (const [next, location] of [
      [`${app}/chat?id=1#top`, `${app}/chat?id=1#top`],
      ['https://app.example.com.evil.example/', '/'],
      ['https://app.example.com@evil.example/', '/'],
      ['http://app.example.com/', '/'],
      ['//evil.example', '/'],
    ]) {
      const again = await signInByForm(stack(), 'guest');
      const gone = await again.get(`/login?next=${encodeURIComponent(next!)}`);
      expect({ next, location: gone.headers['location'] }).toEqual({ next, location });
    }
  });
});
