import { expect, test } from 'vitest';
import { cookie } from '#shared/http/cookies.ts';
import { authorizePath, newPkce, portal } from '../harness/apps/door.ts';
import { expectPage } from '../harness/http/pages.ts';
import { fieldsOf, Visitor } from '../harness/http/visitor.ts';
import { boundVisitor } from '../harness/people/bound.ts';
import { invite, mailedGuest, mailedToken, password, somebody } from '../harness/people/people.ts';
import { useAdmin } from '../harness/stack/admin.ts';

const { stack, admin } = useAdmin();
const { challenge } = newPkce();

/** The page to which an authorization request leads a visitor who is not signed in. */
async function ledIn(visitor: Visitor, changes: Record<string, string> = {}) {
  const { headers } = await visitor.get(authorizePath(challenge, changes));
  return visitor.get(String(headers['location']));
}
/** Sends the form of a page's language switch. */
async function switched(visitor: Visitor, page: string, language: string) {
  const here = /<form class="languages".*?name="here" value="([^"]*)"/s.exec(page)?.[1];
  expect(here).toBeDefined();
  const { headers } = await visitor.post('/language', { language, here: here!.replaceAll('&amp;', '&') });
  return visitor.get(String(headers['location']));
}

test('303 R7.6: the language that an app asks for is that of this way in, and of no other', async () => {
  const visitor = new Visitor(stack());
  expectPage(await ledIn(visitor, { ui_locales: 'fr ja' }), 200, '<html lang="ja">');
  expect(visitor.cookies).not.toHaveProperty([cookie.language]);
  // The visitor is still on the way into the same app.
  expectPage(await visitor.get('/forgot'), 200, '<html lang="ja">');
  expectPage(await ledIn(visitor, { ui_locales: 'zh' }), 200, '<html lang="zh">');
  expect(visitor.cookies).not.toHaveProperty([cookie.language]);
});

test('303 R7.6: an invite is in its own language, whatever an app that was left has asked for', async () => {
  const { email } = somebody();
  await invite(stack(), admin, { emails: [email], locale: 'ja' });
  const visitor = new Visitor(stack());
  await ledIn(visitor, { ui_locales: 'zh' });
  await visitor.get(`/invite/${await mailedToken(stack(), email)}`);
  expectPage(await visitor.get('/register'), 200, '<html lang="ja">', email);
});

test('303 R7.6: whoever has chosen a language keeps it, whatever an app asks for', async () => {
  const visitor = new Visitor(stack());
  const first = await ledIn(visitor, { ui_locales: 'zh' });
  const chosen = await switched(visitor, first.text, 'ja');
  expectPage(chosen, 200, '<html lang="ja">');
  expect(fieldsOf(chosen.text)['next']).toBe(fieldsOf(first.text)['next']);
  expectPage(await ledIn(visitor, { ui_locales: 'zh' }), 200, '<html lang="ja">');
});

test('200 R7.6 R6.1: the page that proves a device is in another language with the app’s request still there, also where it answered a form', async () => {
  const { visitor } = await boundVisitor(stack(), admin);
  const page = await visitor.get(authorizePath(challenge));
  const answered = await visitor.submit(page, '/oauth/authorize', { proof: '' });
  for (const shown of [page, answered]) {
    const next = await switched(visitor, shown.text, 'ja');
    expectPage(next, 200, '<html lang="ja">');
    expect(fieldsOf(next.text)).toMatchObject({ ...portal, code_challenge: challenge, state: 'as-it-was' });
    await switched(visitor, next.text, 'en');
  }
});

test('200 303 R3.3 R6.1: whoever moves to this device from there goes on to the app', async () => {
  const { visitor } = await boundVisitor(stack(), admin);
  const { text } = await visitor.get(authorizePath(challenge));
  const [, form = ''] = /<form method="post" action="\/logout">(.*?)<\/form>/s.exec(text)!;
  const { headers } = await visitor.post('/logout', { ...unescaped(fieldsOf(form)) });
  const moving = new URL(String(headers['location']), stack().app);
  expect(moving.pathname).toBe('/move');
  const wanted = new URL(moving.searchParams.get('next')!, stack().app);
  expect(wanted.pathname).toBe('/oauth/authorize');
  expect(Object.fromEntries(wanted.searchParams)).toMatchObject({ ...portal, code_challenge: challenge });
});
const unescaped = (fields: Record<string, string>) =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value.replaceAll('&amp;', '&')]));

test('200 R7.6: the question whether to sign out is in another language with the app’s request still there', async () => {
  const { user } = await mailedGuest(stack(), admin);
  const visitor = new Visitor(stack());
  await visitor.post('/login', { login: user.username, password });
  const asked = {
    client_id: portal.client_id,
    post_logout_redirect_uri: 'https://portal.example.com/',
    state: 'a',
  };
  const byGet = await visitor.get(`/oauth/logout?${new URLSearchParams(asked)}`);
  for (const [page, language] of [
    [byGet, 'ja'],
    [await visitor.post('/oauth/logout', asked), 'zh'],
  ] as const) {
    const next = await switched(visitor, page.text, language);
    expectPage(next, 200, `<html lang="${language}">`);
    expect(fieldsOf(next.text)).toMatchObject(asked);
  }
});
