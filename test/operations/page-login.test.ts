import { beforeAll, expect, test } from 'vitest';
import { cookie } from '#shared/http/cookies.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { expectHead, expectPage, member, page, signInByForm, signInTexts } from '../harness/http/pages.ts';
import { firstAdmin, password, type SignedIn } from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';
import { fieldsOf, Visitor } from '../harness/http/visitor.ts';

const stack = useStack();
let guest: SignedIn;
beforeAll(async () => {
  guest = await member(stack(), await firstAdmin(stack()));
});

test('200 R4.5: shows the form, and says that registering needs an invite', async () => {
  const answer = await sendEvent(stack(), 'page-login');
  expectPage(answer, 200, 'ログイン', '初めての方は招待リンクから登録してください。');
  expect(Object.keys(fieldsOf(answer.text))).toEqual([
    'next',
    'deviceId',
    'deviceKey',
    'proof',
    'login',
    'password',
  ]);
  await expectHead(stack(), '/login');
});

test.each(signInTexts)('200 R4.13: speaks %s', async (language, signIn) => {
  const answer = await page(stack(), '/login', { language });
  expectPage(answer, 200, `<html lang="${language}">`, `<h1>${signIn}</h1>`);
});

test('303 R4.6: leads to the wanted page after signing in', async () => {
  const visitor = new Visitor(stack());
  const form = await visitor.get(`/login?next=${encodeURIComponent('/account?tab=keys')}`);
  const { username: login } = guest.user;
  const wrong = await visitor.submit(form, '/login', { login, password: 'wrong' });
  expect(fieldsOf(wrong.text)['next']).toBe('/account?tab=keys');
  const answer = await visitor.submit(wrong, '/login', { login, password });
  expect(answer).toMatchObject({ status: 303, headers: { location: '/account?tab=keys' } });
  expect(visitor.cookies[cookie.session]).toBeDefined();
});

test('303 R2.4 R4.6: whoever is signed in goes on to the wanted page at once', async () => {
  const visitor = await signInByForm(stack(), guest.user.email!);
  expect(await visitor.get('/login')).toMatchObject({ status: 303, headers: { location: '/' } });
  expect(await visitor.get('/login?next=/account')).toMatchObject({ headers: { location: '/account' } });
  await expectHead(stack(), '/login?next=/account', { cookies: visitor.cookies });
});

const foreign = [
  '//evil.example',
  'https://evil.example',
  'https:evil.example',
  'HTTPS://evil.example/',
  '/\\evil.example',
  '/%5cevil.example',
  '%2f%2fevil.example',
  '\\\\evil.example',
  '/%09/evil.example',
  '/%0a/evil.example',
  '%20//evil.example',
  '/.//evil.example',
  '/..//evil.example',
  '/account/..//evil.example',
  '/./%5cevil.example',
  'javascript:alert(1)',
  'data:text/html,hello',
  'evil.example',
  '',
];

/** Where a browser on one of our pages goes when it is redirected to `location`. */
const destination = (location: unknown) => new URL(String(location), `${stack().app}/login`);

test.each(foreign)('303 R4.6: never leads to a foreign site, whatever is wanted: %j', async (next) => {
  const visitor = await signInByForm(stack(), guest.user.username);
  const goneOn = await visitor.get(`/login?next=${next}`);
  expect(goneOn.status).toBe(303);
  expect(destination(goneOn.headers['location']).href).toBe(`${stack().app}/`);
  const other = new Visitor(stack());
  const form = await other.get(`/login?next=${next}`);
  const { username: login } = guest.user;
  for (const typed of [{}, { next: decodeURIComponent(next) }]) {
    const answer = await other.submit(form, '/login', { login, password, ...typed });
    expect(answer.status).toBe(303);
    expect(destination(answer.headers['location']).href).toBe(`${stack().app}/`);
  }
});

test('401 R4.5: a wrong sign-in says so without saying what, and keeps the name only', async () => {
  const visitor = new Visitor(stack(), 'ja');
  const form = await visitor.get('/login');
  for (const login of [guest.user.username, 'nobody@example.com']) {
    const again = await visitor.submit(form, '/login', { login, password: 'a wrong one' });
    expectPage(again, 401, 'メールアドレスまたはパスワードが正しくありません', 'role="alert"');
    expect(fieldsOf(again.text)).toMatchObject({ login, password: '' });
    expect(again.text).not.toContain('a wrong one');
  }
  expect(visitor.cookies[cookie.session]).toBeUndefined();
});

test('401 422 R4.11: what was typed comes back escaped', async () => {
  const visitor = new Visitor(stack());
  const typed = '"><script>alert(1)</script>';
  const again = await visitor.post('/login', { login: typed, password, next: `/${typed}` });
  expectPage(again, 401, '&quot;&gt;&lt;script&gt;');
  expect(again.text).not.toContain('<script>alert');
  expectPage(await visitor.post('/login', { login: 'x'.repeat(255), password }), 422);
});

test('422: a form that is not filled in names what is missing', async () => {
  const answer = await new Visitor(stack()).post('/login', {});
  expectPage(answer, 422, 'This is required.');
});

test.each([
  ['a foreign Origin', { origin: 'https://evil.example' }],
  ['no Origin', {}],
])('403 R4.11 C37: a sign-in with %s is refused with a page', async (_, origin) => {
  const answer = await send(stack(), 'POST', '/login', {
    raw: String(new URLSearchParams({ login: guest.user.username, password })),
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'en', ...origin },
  });
  expectPage(answer, 403, 'The request came from another site');
  expect(answer.cookies).toEqual({});
});

test.each([
  ['415', 'text/plain', 'login=a', 'This content type is not accepted'],
  ['415', 'multipart/form-data; boundary=x', '--x--', 'This content type is not accepted'],
  ['413', 'application/x-www-form-urlencoded', 'a'.repeat(2_200_000), 'The request is too large'],
])('%s: a form of type %s that is none is refused with a page', async (status, type, raw, says) => {
  const headers = { 'content-type': type, origin: stack().app, 'accept-language': 'en' };
  expectPage(await send(stack(), 'POST', '/login', { raw, headers }), Number(status), says);
});

test('429 R7.5 R2.8: a locked account is told how long, and leads to the way in that needs no waiting', async () => {
  const visitor = new Visitor(stack());
  const form = await visitor.get('/login');
  const login = 'nobody-of-this-name';
  for (let turn = 0; turn < 5; turn += 1) await visitor.submit(form, '/login', { login, password: 'wrong' });
  const answer = await visitor.submit(form, '/login', { login, password: 'wrong' });
  expectPage(answer, 429, '10 minutes', '<a class="button" href="/forgot">');
});

test.each([
  ['invite-only', 'Register with an invite code'],
  ['open', 'New here? Register'],
] as const)('200 R7.5 R2.3: where registration is %s, signing in leads to it', async (registration, says) => {
  stack().deploy({ registration });
  expectPage(await page(stack(), '/login'), 200, 'href="/register"', says);
  stack().deploy({});
});
