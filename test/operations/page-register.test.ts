import { beforeAll, expect, test } from 'vitest';
import { cookie } from '#shared/http/cookies.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { send } from '../harness/http/http.ts';
import { linkState } from '../harness/invites/invites.ts';
import { adminWithBrowser, expectHead, expectPage, invited, page } from '../harness/http/pages.ts';
import {
  invite,
  mailedToken,
  openInvite,
  somebody,
  tokenOf,
  type SignedIn,
} from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';
import { fieldsOf, Visitor } from '../harness/http/visitor.ts';

const stack = useStack();
let admin: SignedIn;
let browser: Visitor;
beforeAll(async () => {
  ({ admin, browser } = await adminWithBrowser(stack()));
});

const formOf = (token: string, language = 'en') => invited(stack(), token, language);

test('200 R0.4 R3.1: the form says who invites and until when, and asks for what is needed', async () => {
  const token = await openInvite(stack(), admin);
  const answer = await sendEvent(stack(), 'page-register', { cookies: { [cookie.invite]: token } });
  expectPage(answer, 200, '登録して始める', `${admin.user.username}さんからの招待です。`, 'まで有効です');
  expect(Object.keys(fieldsOf(answer.text))).toEqual([
    'locale',
    'token',
    'about',
    'deviceId',
    'kind',
    'email',
    'username',
    'password',
    'passwordRepeat',
    'lastName',
    'firstName',
  ]);
  // Only the form carries the token. No page's address has it.
  expect(fieldsOf(answer.text)['token']).toBe(token);
  expect(answer.text.split(token)).toHaveLength(2);
  await expectHead(stack(), '/register', { cookies: { [cookie.invite]: token } });
});

test('200 R2.1: without a link the form asks for a code, with a way on', async () => {
  const answer = await page(stack(), '/register');
  expectPage(answer, 200, 'Invite code', 'Or open its link', 'href="/login"');
  expect(Object.keys(fieldsOf(answer.text))).toEqual([
    'locale',
    'deviceId',
    'code',
    'email',
    'username',
    'password',
    'passwordRepeat',
    'firstName',
    'lastName',
  ]);
  await expectHead(stack(), '/register');
});

test('404 422 R0.5: an invite that ended between link and form says so', async () => {
  const forged = new Visitor(stack());
  forged.cookies[cookie.invite] = 'no.token';
  expectPage(await forged.get('/register'), 404, 'not valid or has expired');
  expectPage(await forged.get('/register'), 200, 'Invite code');
  const { visitor } = await formOf(await openInvite(stack(), admin, { expiresInDays: 1 }));
  stack().clock.offsetSeconds = 86_400 + 60;
  expectPage(await visitor.get('/register'), 422, 'The invite link has expired');
});

test('200: only the mailed link shows the whole address; a shown one masks it', async () => {
  const { email } = somebody();
  const [row] = await invite(stack(), admin, { emails: [email] });
  const mailed = await formOf(await mailedToken(stack(), email));
  expect(fieldsOf(mailed.form.text)['email']).toBe(email);
  expect(mailed.form.text).toMatch(/<input[^>]*name="email"[^>]*readonly/);
  const shown = await formOf(tokenOf(row!.url));
  expect(shown.form.text).not.toContain(email);
  expect(shown.form.text).toContain('g•••@example.com');
});

test("200 R4.13: the form speaks the invite's language, else the visitor's", async () => {
  const { form } = await formOf(await openInvite(stack(), admin, { locale: 'zh' }), 'en');
  expectPage(form, 200, '<html lang="zh">', '注册并开始');
  expect(fieldsOf(form.text)['locale']).toBe('zh');
  expectPage((await formOf(await openInvite(stack(), admin), 'ja')).form, 200, '<html lang="ja">');
});

test('303 R0.6 R2.4: the form registers, signs in and leads to the app, without scripts', async () => {
  const token = await openInvite(stack(), admin);
  const { visitor, form } = await formOf(token);
  const answer = await visitor.submit(form, '/register', { ...somebody(), firstName: 'Yuki' });
  expect(answer).toMatchObject({ status: 303, headers: { location: '/' }, text: '' });
  expect(Object.keys(visitor.cookies).sort()).toEqual([cookie.device, cookie.session]);
  expectPage(await visitor.get('/'), 200, '<h1>Yuki</h1>');
  expect(await linkState(stack(), token)).toBe('used');
});

test('303 R2.4: whoever is signed in goes on from the form', async () => {
  expect(await browser.get('/register')).toMatchObject({ status: 303, headers: { location: '/' } });
  await expectHead(stack(), '/register', { cookies: browser.cookies });
});

test.each<[string, number, object, string]>([
  ['a bad username', 422, { username: 'Not Good' }, 'Use 3 to 32 lower-case letters'],
  ['a bad address', 422, { email: 'nowhere' }, 'Enter an email address'],
  ['no password', 422, { password: '' }, 'This is required.'],
  ['a short password', 422, { password: 'short12' }, 'Use at least 8 characters.</p>'],
  ['a common password', 422, { password: 'Password1' }, 'attackers try first'],
  ['a password of own names', 422, { password: 'hanako.yamada' }, 'little more than a name'],
  ['a line break in a name', 422, { firstName: 'A\r\nBcc: b@example.com' }, 'one line of plain text'],
])('422 R2.2 R0.6 C9 C60: %s keeps what was typed, but the password', async (_, status, typed, says) => {
  const token = await openInvite(stack(), admin);
  const { visitor, form } = await formOf(token);
  const who = { ...somebody(), firstName: 'Hanako', lastName: 'Yamada', ...typed };
  const again = await visitor.submit(form, '/register', who);
  expectPage(again, status, says, 'role="alert"');
  const fields = fieldsOf(again.text);
  expect(fields).toMatchObject({
    username: who.username,
    email: who.email,
    lastName: 'Yamada',
    password: '',
  });
  if (who.password) expect(again.text).not.toContain(who.password);
  expect(await linkState(stack(), token)).toBe('active');
  const mended = await visitor.submit(again, '/register', { ...somebody(), firstName: 'Hanako' });
  expect(mended.status).toBe(303);
});

test('422: the field that is wrong is marked and carries its reason', async () => {
  const { visitor, form } = await formOf(await openInvite(stack(), admin));
  const again = await visitor.submit(form, '/register', { ...somebody(), username: 'NO' });
  expect(again.text).toMatch(/<input[^>]*name="username"[^>]*aria-invalid/);
  expect(again.text).not.toMatch(/<input[^>]*name="email"[^>]*aria-invalid/);
});

test('422 303 R1.7: without scripts the password is typed twice, and told where the two differ', async () => {
  const { visitor, form } = await formOf(await openInvite(stack(), admin));
  expect(form.text).toMatch(/<noscript\s*>[^]*name="passwordRepeat"[^]*<\/noscript\s*>/);
  const who = somebody();
  const passwordRepeat = `${who.password}s`;
  const again = await visitor.submit(form, '/register', { ...who, passwordRepeat, username: 'NO' });
  expectPage(again, 422, 'The two passwords differ', 'Use 3 to 32 lower-case letters');
  expect(again.text).not.toContain(who.password);
  const right = { ...who, passwordRepeat: who.password };
  expect((await visitor.submit(again, '/register', right)).status).toBe(303);
});

test('422 R2.2: a taken name and a taken address have messages of their own', async () => {
  const { visitor, form } = await formOf(await openInvite(stack(), admin));
  const { username, email } = admin.user;
  const submit = (typed: object) => visitor.submit(form, '/register', { ...somebody(), ...typed });
  expectPage(await submit({ username }), 422, 'This username is already in use');
  expectPage(await submit({ email: email! }), 422, 'This email address is already in use');
});

test("422 R4.13: an error keeps the form's language", async () => {
  const { visitor, form } = await formOf(await openInvite(stack(), admin, { locale: 'ja' }), 'en');
  const again = await visitor.submit(form, '/register', { ...somebody(), username: 'NO' });
  expectPage(again, 422, '<html lang="ja">', '入力内容を確認してください');
  expect(fieldsOf(again.text)['locale']).toBe('ja');
});

test('422 R4.11: what was typed comes back escaped', async () => {
  const { visitor, form } = await formOf(await openInvite(stack(), admin));
  const typed = '"><script>alert(1)</script>';
  const again = await visitor.submit(form, '/register', { ...somebody(), username: typed, firstName: typed });
  expectPage(again, 422);
  expect(again.text).not.toContain('<script>alert');
  expect(again.text.match(/&quot;&gt;&lt;script&gt;alert\(1\)&lt;\/script&gt;/g)).toHaveLength(2);
});

test.each([
  ['a foreign Origin', { origin: 'https://evil.example' }],
  ['the Origin null', { origin: 'null' }],
  ['no Origin', {}],
])('403 R4.11 C37: a form with %s is refused with a page, and registers nobody', async (_, origin) => {
  const token = await openInvite(stack(), admin);
  const answer = await send(stack(), 'POST', '/register', {
    raw: String(new URLSearchParams({ ...somebody(), token })),
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'en', ...origin },
  });
  expectPage(answer, 403, 'The request came from another site');
  expect(answer.cookies).toEqual({});
  expect(await linkState(stack(), token)).toBe('active');
});

test('404: the form without an invite says that the invite is missing', async () => {
  const answer = await new Visitor(stack()).post('/register', somebody());
  expectPage(answer, 404, 'not valid or has expired', 'href="/login"');
});
