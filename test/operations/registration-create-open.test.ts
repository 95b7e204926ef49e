import { expect, test } from 'vitest';
import { useAdmin } from '../harness/stack/admin.ts';
import { callsOf } from '../harness/stack/calls.ts';
import { send } from '../harness/http/http.ts';
import { solvedCaptcha } from '../harness/people/captchas.ts';
import { openInvite, somebody, type SignedIn } from '../harness/people/people.ts';

const { stack, admin } = useAdmin('open');

/** Registers, with a solved captcha unless the body says otherwise or has an invite. */
const register = async (body: object) =>
  send<SignedIn & { code?: string; detail?: string }>(stack(), 'POST', '/v1/register', {
    json: {
      transport: 'token',
      ...(!('token' in body || 'captcha' in body) && { captcha: await solvedCaptcha(stack()) }),
      ...body,
    },
  });

test('201 204 R2.3: where registration is open, nobody needs an invite, neither to come nor to leave', async () => {
  const who = somebody();
  const { status, json } = await register(who);
  expect(status).toBe(201);
  expect(json.user).toMatchObject({ username: who.username, role: 'general', emailVerified: false });
  const me = await send<SignedIn['user']>(stack(), 'GET', '/v1/me', { token: json.session.token });
  expect(me.json.username).toBe(who.username);
  const { password } = who;
  const left = await send(stack(), 'DELETE', '/v1/me', { token: json.session.token, json: { password } });
  expect(left.status).toBe(204);
});

test('201 C3: a registration whose answer was lost is repeated, and is one account', async () => {
  const who = somebody();
  const [first, second] = [await register(who), await register(who)];
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.json.user.id).toBe(first.json.user.id);
  expect((await register({ ...who, password: 'another pass word' })).json.code).toBe('email_taken');
});

test('422 R2.7: who has no invite shows that they are no program, before anything is looked at', async () => {
  stack().clearCalls();
  for (const who of [somebody(), { ...somebody(), email: admin.user.email }]) {
    const answer = await register({ ...who, captcha: '' });
    expect([answer.status, answer.json.code]).toEqual([422, 'captcha_required']);
  }
  const looked = callsOf(stack(), 'registration-create').flatMap(({ resources }) => resources);
  expect(looked.filter((one) => one.startsWith('table/') && one !== 'table/counters')).toEqual([]);
});

test('201 R2.7: where captchas are off, none is asked for', async () => {
  stack().deploy({ captcha: 'off' });
  expect((await register({ ...somebody(), captcha: '' })).status).toBe(201);
  expect((await send(stack(), 'GET', '/register')).text).not.toContain('name="captcha"');
});

test('201 R2.3: an invite still counts, with its role, and is used up', async () => {
  const token = await openInvite(stack(), admin, { role: 'admin' });
  expect((await register({ token, ...somebody() })).json.user.role).toBe('admin');
  expect((await register({ token, ...somebody() })).json.code).toBe('invite_used');
});

test('422 R2.3: nobody is told of an invite that they have not', async () => {
  for (const taken of [{ email: admin.user.email }, { username: admin.user.username }]) {
    const { json } = await register({ ...somebody(), ...taken });
    expect(json.detail).toMatch(/^[^.]+\. If you came by an invite, it is still good\.$/);
  }
});

test.each([
  [422, 'email_taken', () => ({ ...somebody(), email: admin.user.email })],
  [422, 'username_taken', () => ({ ...somebody(), username: admin.user.username })],
  [422, 'weak_password', () => ({ ...somebody(), password: 'short' })],
  [422, 'invalid', () => ({ ...somebody(), role: 'admin' })],
  [404, 'invite_invalid', () => ({ ...somebody(), token: 'forged' })],
] as const)('%i C6 C9 R2.2: still refused, with %s', async (status, code, who) => {
  const answer = await register(who());
  expect([answer.status, answer.json.code]).toEqual([status, code]);
});

test('201 C20: the same address twenty times at once is one account', { tags: 'engine' }, async () => {
  stack().deploy({ captcha: 'off' });
  const { email } = somebody();
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      register({ ...somebody(), email, captcha: '', password: `correct horse ${n}` }),
    ),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
});

test('303 R2.3: the page asks for no code, and its form registers', async () => {
  const page = await send(stack(), 'GET', '/register');
  expect(page.text).toContain('name="username"');
  expect(page.text).not.toContain('name="code"');
  expect(page.text).toContain('name="captcha"');
  const form = { ...somebody(), captcha: await solvedCaptcha(stack()) };
  const { status, headers } = await send(stack(), 'POST', '/register', { form });
  expect([status, headers['location']]).toEqual([303, '/']);
});
