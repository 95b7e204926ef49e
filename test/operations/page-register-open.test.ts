import { expect, test } from 'vitest';
import { cookie } from '#shared/http/cookies.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { send } from '../harness/http/http.ts';
import { listAll } from '../harness/invites/invites.ts';
import { expectPage, invited, page } from '../harness/http/pages.ts';
import { solvedCaptcha } from '../harness/people/captchas.ts';
import { invite, openInvite, register, somebody, type SignedIn } from '../harness/people/people.ts';
import { daySeconds } from '../harness/stack/time.ts';
import { fieldsOf, Visitor } from '../harness/http/visitor.ts';

/** The registration page of a deployment that needs no invite. */
const { stack, admin } = useAdmin('open');

const byCode = '/register?by=code';
const me = async ({ cookies }: Visitor) =>
  (await send<SignedIn['user']>(stack(), 'GET', '/v1/me', { cookies })).json;

test.each([
  ['expired', async () => void (stack().clock.offsetSeconds += daySeconds + 60)],
  ['used', async (token: string) => void (await register(stack(), token))],
])(
  '422 303 R2.3 R0.5: a link that is %s by now holds nobody up: the form says so, and lets in',
  async (state, end) => {
    const token = await openInvite(stack(), admin, { expiresInDays: 1 });
    const { visitor } = await invited(stack(), token);
    await end(token);
    const form = await visitor.get('/register');
    expectPage(form, 422, state, 'role="alert"', `href="${byCode}"`);
    expect(Object.keys(fieldsOf(form.text))).not.toContain('token');
    expect(visitor.cookies).not.toHaveProperty(cookie.invite);
    const again = await visitor.get('/register');
    expectPage(again, 200);
    expect(again.text).not.toContain(state);
    const captcha = await solvedCaptcha(stack());
    expect((await visitor.submit(form, '/register', { ...somebody(), captcha })).status).toBe(303);
    expect(await me(visitor)).toMatchObject({ role: 'general' });
  },
);

test('422 R2.3 R0.5: a link that is over when it is opened leads to the form that needs none', async () => {
  const token = await openInvite(stack(), admin);
  await register(stack(), token);
  const visitor = new Visitor(stack());
  const dead = await visitor.get(`/invite/${token}`);
  expectPage(dead, 422, 'already been used', 'href="/register"', 'New here? Register');
  const form = await visitor.get('/register');
  // The page shows the reason once more, and not again after that.
  expectPage(form, 422, 'already been used', 'name="username"', `href="${byCode}"`);
  expectPage(await visitor.get('/register'), 200);
});

test('200 303 R2.1 R2.3: who has a code is led to its form, which lets in with what its invite grants', async () => {
  const visitor = new Visitor(stack());
  const open = await visitor.get('/register');
  expectPage(open, 200, `href="${byCode}"`, 'Register with an invite code');
  const [row] = await invite(stack(), admin, { role: 'admin', label: 'staff' });
  const form = await visitor.get(byCode);
  expectPage(form, 200, 'Invite code');
  expect(form.text, 'leads to itself').not.toContain('Register with an invite code');
  const who = somebody();
  expect((await visitor.submit(form, '/register', { code: row!.code!, ...who })).status).toBe(303);
  expect(await me(visitor)).toMatchObject({ username: who.username, role: 'admin' });
  expect(await listAll(stack(), admin, { label: 'staff' })).toMatchObject([
    { id: row!.id, status: 'used', username: who.username },
  ]);
});

test('404 R2.1: the form for a code lets in nobody without one, and asks for it again', async () => {
  const visitor = new Visitor(stack());
  const captcha = await solvedCaptcha(stack());
  const again = await visitor.submit(await visitor.get(byCode), '/register', { ...somebody(), captcha });
  expectPage(again, 404, 'Invite code');
  expect(again.text).toMatch(/<input[^>]*name="code"[^>]*aria-invalid/);
  expect(visitor.cookies).not.toHaveProperty(cookie.session);
});

test('200 R2.1: where a code is needed anyway, no link leads to its form', async () => {
  stack().deploy({ registration: 'invite-only' });
  const form = await page(stack(), '/register');
  expectPage(form, 200, 'Invite code');
  expect(form.text).not.toContain('Register with an invite code');
});
