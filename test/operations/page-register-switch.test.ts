import { expect, test } from 'vitest';
import { cookie } from '#shared/http/cookies.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { linkState } from '../harness/invites/invites.ts';
import { expectHead, expectPage, signedInVisitor } from '../harness/http/pages.ts';
import { openInvite, register, somebody } from '../harness/people/people.ts';
import { Visitor } from '../harness/http/visitor.ts';

const { stack, admin } = useAdmin();

test('200 R0.5 R2.4: who is signed in and opens an invite for somebody is told so, and can switch', async () => {
  const token = await openInvite(stack(), admin);
  const visitor = await signedInVisitor(stack(), await openInvite(stack(), admin), { firstName: 'Mei' });
  await visitor.get(`/invite/${token}`);
  expectPage(await visitor.get('/register'), 200, 'You are signed in as Mei', 'href="/"');
  expect(await linkState(stack(), token)).toBe('active');
  await expectHead(stack(), '/register', { cookies: visitor.cookies });

  const out = await visitor.submit(await visitor.get('/register'), '/logout', {});
  expect(out).toMatchObject({ status: 303, headers: { location: '/register' } });
  expect(visitor.cookies).not.toHaveProperty(cookie.session);
  const form = await visitor.get('/register');
  expectPage(form, 200, `${admin.user.username} invites you`);
  expect((await visitor.submit(form, '/register', somebody())).status).toBe(303);
  expect(await linkState(stack(), token)).toBe('used');
});

test('303 R2.4: who is signed in and opened an invite that is over goes on to the app', async () => {
  const token = await openInvite(stack(), admin);
  const visitor = await signedInVisitor(stack(), await openInvite(stack(), admin));
  await register(stack(), token);
  expectPage(await visitor.get(`/invite/${token}`), 422, 'already been used');
  expect(await visitor.get('/register')).toMatchObject({ status: 303, headers: { location: '/' } });
});

test.each(['/evil', '//evil.example', 'https://evil.example/', '/register?x'])(
  '303 R4.6: signing out leads to no other page: %s',
  async (next) => {
    const answer = await new Visitor(stack()).post('/logout', { next });
    expect(answer).toMatchObject({ status: 303, headers: { location: '/login' } });
  },
);
