import { expect, test } from 'vitest';
import { cookie } from '#shared/http/cookies.ts';
import type { Answered } from '../harness/http/http.ts';
import { expectPage, invited, member, page } from '../harness/http/pages.ts';
import { fieldsOf, Visitor } from '../harness/http/visitor.ts';
import { invite, openInvite, password, somebody, tokenOf } from '../harness/people/people.ts';
import { codeOf } from '../harness/people/codes.ts';
import { useAdmin } from '../harness/stack/admin.ts';

const { stack, admin } = useAdmin();

/** A request of an app at its maximum length. The page passes it on unchanged and does not check it. */
const request = (more = '') =>
  `/oauth/authorize?client_id=portal&redirect_uri=${encodeURIComponent('https://portal.example.com/callback?a=1&b=2')}&state=${'s'.repeat(3_000)}${more}`;
const taking = (path: string, next: string) => `${path}?next=${encodeURIComponent(next)}`;
const unescaped = (text: string) => text.replaceAll('&amp;', '&');

/** The full target of the page's link to `path`. */
function linkTo({ text }: Answered, path: string): string {
  const link = [...text.slice(text.indexOf('<main')).matchAll(/href="([^"]*)"/g)].find(
    ([, href]) => href === path || href!.startsWith(`${path}?`),
  );
  if (!link) throw new Error(`no link to ${path}`);
  return unescaped(link[1]!);
}

const wantedIn = ({ text }: Answered) => unescaped(fieldsOf(text)['next'] ?? '');

test('303 R4.6: a wanted page of 4,000 characters comes through the form that signs in, refused once, and no longer one', async () => {
  const guest = await member(stack(), admin);
  const wanted = request().padEnd(4_000, 's');
  const visitor = new Visitor(stack());
  const form = await visitor.get(taking('/login', wanted));
  const login = guest.user.username;
  const again = await visitor.post('/login', { login, password: 'wrong', next: wantedIn(form) });
  expect(wantedIn(again)).toBe(wanted);
  const done = await visitor.post('/login', { login, password, next: wantedIn(again) });
  expect(done).toMatchObject({ status: 303, headers: { location: wanted } });
  expectPage(await page(stack(), taking('/login', `${wanted}s`)), 422);
  const tooLong = await new Visitor(stack()).post('/login', { login, password, next: `${wanted}s` });
  expect(tooLong).toMatchObject({ status: 303, headers: { location: '/' } });
});

test('200 R4.6: the wanted page goes along to each page that helps to get in, and back', async () => {
  const wanted = request();
  const login = await page(stack(), taking('/login', wanted));
  for (const path of ['/forgot', '/register']) {
    expect(linkTo(login, path)).toBe(taking(path, wanted));
    expect(linkTo(await page(stack(), taking(path, wanted)), '/login')).toBe(taking('/login', wanted));
  }
  const move = await page(stack(), taking('/move', wanted));
  expect(linkTo(move, '/login')).toBe(taking('/login', wanted));
  expect(wantedIn(await page(stack(), taking('/move/flow', wanted)))).toBe(wanted);
});

test('303 R4.6 R2.6: the wanted page is kept while a forgotten password is set anew, through each mistake', async () => {
  const wanted = request();
  const { email } = (await member(stack(), admin)).user;
  const visitor = new Visitor(stack());
  const mistyped = await visitor.submit(await visitor.get(taking('/forgot', wanted)), '/forgot', {
    email: 'no address',
    next: wanted,
  });
  expect(wantedIn(mistyped)).toBe(wanted);
  const asked = await visitor.post('/forgot', { email: email!, next: wanted });
  const form = await visitor.get(String(asked.headers['location']));
  expect(linkTo(form, '/forgot')).toBe(taking('/forgot', wanted));
  const fields = {
    ...fieldsOf(form.text),
    email: email!,
    password: 'a new horse battery',
    next: wantedIn(form),
  };
  const refused = await visitor.post('/forgot/code', { ...fields, code: '000000' });
  expect({ status: refused.status, next: wantedIn(refused) }).toEqual({ status: 422, next: wanted });
  const done = await visitor.post('/forgot/code', { ...fields, code: await codeOf(stack(), email!) });
  expect(done.headers['location']).toBe(`/login?done=password-reset&next=${encodeURIComponent(wanted)}`);
  expect(await visitor.get(String(done.headers['location']))).toMatchObject({
    headers: { location: wanted },
  });
});

test('303 R4.6 R7.6: the wanted page is kept where the language is switched, after a refusal too', async () => {
  const wanted = request();
  const visitor = new Visitor(stack());
  for (const path of ['/login', '/forgot', '/register']) {
    const refused = await visitor.post(path, { next: wanted, locale: 'en' });
    const here = unescaped(/name="here" value="([^"]*)"/.exec(refused.text)?.[1] ?? '');
    const switched = await visitor.post('/language', { language: 'zh', here });
    expect(switched).toMatchObject({ status: 303, headers: { location: taking(path, wanted) } });
  }
});

test.each([
  ['by a link', ({ url }: { url: string }) => `/invite/${tokenOf(url)}`],
  ['by a code', () => '/register'],
])('303 R4.6: who registers %s comes to the page that was wanted, through a mistake', async (_, pathOf) => {
  const wanted = request();
  const [row] = await invite(stack(), admin);
  const visitor = new Visitor(stack());
  let form = await visitor.get(taking(pathOf(row!), wanted));
  if (form.status === 303) form = await visitor.get(String(form.headers['location']));
  expect(linkTo(form, '/login')).toBe(taking('/login', wanted));
  const { code } = row!;
  const typed = { ...somebody(), ...('code' in fieldsOf(form.text) && { code }), next: wantedIn(form) };
  const mistyped = await visitor.submit(form, '/register', { ...typed, username: 'NO' });
  expect(wantedIn(mistyped)).toBe(wanted);
  const done = await visitor.submit(mistyped, '/register', typed);
  expect(done).toMatchObject({ status: 303, headers: { location: wanted } });
});

test('303 R4.6 C70: the wanted page is kept where somebody signs out to use an invite', async () => {
  const wanted = request();
  const { visitor, form } = await invited(stack(), await openInvite(stack(), admin));
  await visitor.submit(form, '/register', somebody());
  await visitor.get(`/invite/${await openInvite(stack(), admin)}`);
  const asks = await visitor.get(taking('/register', wanted));
  expect(asks.text).toContain(`href="${wanted.replaceAll('&', '&amp;')}"`);
  const fields = fieldsOf(asks.text);
  const out = await visitor.post('/logout', { ...fields, wanted: unescaped(fields['wanted']!) });
  expect(out).toMatchObject({ status: 303, headers: { location: taking('/register', wanted) } });
  expect(visitor.cookies).not.toHaveProperty(cookie.session);
});

test('200 R4.6: the login that an app expects stands in the form; whatever else is wanted puts nothing there', async () => {
  const loginOf = async (next: string) =>
    fieldsOf((await page(stack(), taking('/login', next))).text)['login'];
  expect(await loginOf(request('&login_hint=hana%2Bx%40example.com'))).toBe('hana+x@example.com');
  expect(await loginOf(request(`&login_hint=${'x'.repeat(255)}`))).toBe('');
  expect(await loginOf('/account?login_hint=hana@example.com')).toBe('');
  expect(await loginOf(request(`&login_hint=${encodeURIComponent('"><b>')}`))).toBe('&quot;&gt;&lt;b&gt;');
  const form = await page(stack(), taking('/register', request('&login_hint=hana%40example.com')));
  expect(fieldsOf(form.text)['email']).toBe('hana@example.com');
});

const foreign = ['//evil.example', 'https://evil.example/', '/.//evil.example', '/\\evil.example'];

test.each(foreign)('303 R4.6 C100: no form leads to a foreign site: %s', async (next) => {
  const visitor = new Visitor(stack());
  for (const path of ['/forgot', '/register', '/move', '/move/flow', '/forgot/flow']) {
    expect((await page(stack(), taking(path, next))).text).not.toContain('evil');
  }
  const { email } = somebody();
  expect((await visitor.post('/forgot', { email, next })).headers['location']).toMatch(/^\/forgot\/[\w-]+$/);
  const { visitor: guest, form } = await invited(stack(), await openInvite(stack(), admin));
  const done = await guest.submit(form, '/register', { ...somebody(), next });
  expect(done).toMatchObject({ status: 303, headers: { location: '/' } });
  expect(await guest.get(taking('/register', next))).toMatchObject({ headers: { location: '/' } });
  expect(await guest.get(taking('/login', next))).toMatchObject({ headers: { location: '/' } });
});
