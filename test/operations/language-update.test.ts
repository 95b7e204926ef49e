import { expect, test } from 'vitest';
import { cookie } from '#shared/http/cookies.ts';
import { send } from '../harness/http/http.ts';
import { expectPage, invited, signInByForm } from '../harness/http/pages.ts';
import { Visitor } from '../harness/http/visitor.ts';
import { invite, mailedToken, openInvite, register, somebody } from '../harness/people/people.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { overtake } from '../harness/stack/meanwhile.ts';

const { stack, admin } = useAdmin();

const choose = (visitor: Visitor, language: string, from: string) =>
  visitor.post('/language', { language, here: from });

const mine = async (): Promise<unknown> =>
  (await send<{ locale: string }>(stack(), 'GET', '/v1/me', { token: admin.session.token })).json.locale;

test('204: a browser keeps the language for a year, and nothing else is kept', async () => {
  const answer = await sendEvent(stack(), 'language-update');
  expect(answer).toMatchObject({ status: 204, text: '' });
  const { value, attributes } = answer.cookies[cookie.language]!;
  expect(value).toBe('zh');
  expect(attributes).toMatch(/Max-Age=31536000; .*SameSite=Lax/);
});

test('303 R7.6 R4.13: the choice wins over the browser’s language and the invite’s, stays, and leads back to the page', async () => {
  const { email } = somebody();
  await invite(stack(), admin, { emails: [email], locale: 'ja' });
  const { visitor, form } = await invited(stack(), await mailedToken(stack(), email), 'en');
  expectPage(form, 200, '<html lang="ja">', 'name="language"');
  const answer = await choose(visitor, 'zh', '/register');
  expect(answer).toMatchObject({ status: 303, headers: { location: '/register' } });
  expectPage(await visitor.get('/register'), 200, '<html lang="zh">', email, 'aria-current="true"');
  for (const path of ['/login', '/forgot', '/nowhere', '/invite/not.good'])
    expect((await visitor.get(path)).text).toContain('<html lang="zh">');
});

test('303: without a place to go back to in the form, the page that the browser names is shown again', async () => {
  const lead = async (referer: string) => {
    const headers = { accept: 'text/html', referer };
    const form = { language: 'ja' };
    const { status, headers: got } = await send(stack(), 'POST', '/language', { form, headers });
    return [status, got['location']];
  };
  expect(await lead(`${stack().app}/login?next=%2Faccount`)).toEqual([303, '/login?next=%2Faccount']);
  expect(await lead('https://evil.example/login')).toEqual([303, '/']);
  expect(await lead('no address')).toEqual([303, '/']);
});

test('303 R7.6 R4.6: a choice at sign-in keeps the long request of an app that the visitor came with', async () => {
  const wanted = `/oauth/authorize?client_id=portal&redirect_uri=${encodeURIComponent('https://portal.example.com/callback')}&state=`;
  const here = `/login?next=${encodeURIComponent(wanted.padEnd(4_000, 's'))}`;
  expect(here.length).toBeGreaterThan(4_000);
  const visitor = new Visitor(stack());
  expect((await choose(visitor, 'zh', here)).headers['location']).toBe(here);
  const form = await visitor.get(here);
  expectPage(form, 200, '<html lang="zh">');
  expect(/name="here" value="([^"]*)"/.exec(form.text)?.[1]).toBe(here);
  const endless = await choose(visitor, 'en', `/login?next=${'s'.repeat(20_000)}`);
  expect(endless.headers['location']).toBe('/');
});

test('303: who is signed in says with it in what language their mails are to be', async () => {
  expect(await mine()).toBe('en');
  const visitor = await signInByForm(stack(), admin.user.username);
  expect(await choose(visitor, 'ja', '/account')).toMatchObject({
    status: 303,
    headers: { location: '/account' },
  });
  expect(await mine()).toBe('ja');
  expectPage(await visitor.get('/account'), 200, '<html lang="ja">');
});

test('303: a choice that meets a change of the name in the same moment is not lost', async () => {
  const who = await register(stack(), await openInvite(stack(), admin));
  const visitor = await signInByForm(stack(), who.user.username);
  const { token } = who.session;
  const { username } = somebody();
  // The choice has read the old name, and finds another one when it writes.
  const [chosen, renamed] = await overtake(
    stack(),
    'language-update',
    () => choose(visitor, 'ja', '/account'),
    () => send(stack(), 'PATCH', '/v1/me', { token, json: { username } }),
  );
  expect([chosen.status, renamed.status]).toEqual([303, 200]);
  expect((await send(stack(), 'GET', '/v1/me', { token })).json).toMatchObject({ username, locale: 'ja' });
});

test('200: the language of one’s profile is from then on that of one’s browser too', async () => {
  const visitor = await signInByForm(stack(), admin.user.username);
  const { cookies } = visitor;
  const headers = { origin: stack().app };
  const answer = await send(stack(), 'PATCH', '/v1/me', { json: { locale: 'zh' }, cookies, headers });
  expect(answer.cookies[cookie.language]?.value).toBe('zh');
});

test('200 C100: a language that was planted decides nothing but what pages are written in', async () => {
  const visitor = await signInByForm(stack(), admin.user.username);
  const before = await mine();
  for (const value of ['en', 'xx', '<b>', '']) {
    const cookies = { ...visitor.cookies, [cookie.language]: value };
    const headers = { accept: 'text/html', 'accept-language': 'ja' };
    const page = await send(stack(), 'GET', '/account', { cookies, headers });
    expectPage(page, 200, `<html lang="${value === 'en' ? 'en' : 'ja'}">`);
    // A page's script sends the language of its page.
    const answer = await send(stack(), 'PATCH', '/v1/me', { cookies, headers, json: {} });
    expect(answer.json.title).toMatch(/[ぁ-ん]/);
  }
  expect(await mine()).toBe(before);
});

test.each([{}, { language: 'fr' }, { language: '' }])('422: %j is none of ours', async (json) => {
  const answer = await send(stack(), 'PUT', '/v1/language', { json });
  expect(answer).toMatchObject({ status: 422, json: { code: 'invalid' } });
  expect(answer.cookies).toEqual({});
});

test('403 C37: no other site switches it', async () => {
  const headers = { accept: 'text/html', origin: 'https://evil.example' };
  const form = { language: 'ja' };
  const answer = await send(stack(), 'POST', '/language', { form, headers });
  expectPage(answer, 403);
  expect(answer.cookies).toEqual({});
});
