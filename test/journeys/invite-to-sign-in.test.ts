import { beforeAll, expect, test } from 'vitest';
import { send } from '../harness/http/http.ts';
import { bootstrap, firstAdmin, invite, password } from '../harness/people/people.ts';
import type { InviteRow, SignedIn } from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';
import { fieldsOf, Visitor } from '../harness/http/visitor.ts';

const stack = useStack();
const withApp = useStack('withApp');
let inviter: SignedIn;
let login: string;
beforeAll(async () => {
  inviter = await firstAdmin(withApp());
  login = inviter.user.username;
});

const pathOf = (url: string): string => new URL(url).pathname;
const leadsTo = (location: string) => ({ status: 303, headers: { location } });

/** Follows an invite link to the form, fills it in and sends it. */
async function register(visitor: Visitor, link: string, typed: Record<string, string>) {
  const opened = await visitor.get(pathOf(link));
  expect(opened).toMatchObject(leadsTo('/register'));
  expect(opened.cookies['__Host-invite']!.attributes).toMatch(
    /^Max-Age=1800; .*Secure; HttpOnly; SameSite=Lax/,
  );
  const page = await visitor.get('/register');
  expect(page.status).toBe(200);
  const done = await visitor.submit(page, '/register', { password, ...typed });
  expect(done, done.text).toMatchObject({ ...leadsTo('/'), text: '' });
  expect(Object.keys(visitor.cookies).toSorted()).toEqual(['__Host-device', '__Host-session']);
  return page;
}

test(
  'R3.1 R4.7 R5.5 R5.8 R5.9: from the first link to a guest who signs in again',
  { tags: 'engine' },
  async () => {
    const admin = new Visitor(stack(), 'ja');
    expect(await admin.get('/')).toMatchObject(leadsTo('/login'));
    await register(admin, await bootstrap(stack()), { email: 'boss@example.com', username: 'boss' });
    const home = await admin.get('/');
    expect(home.status).toBe(200);
    expect(home.text).toContain('boss');
    expect(home.text).toContain('管理者');

    const invited = await send<{ invites: InviteRow[] }>(stack(), 'POST', '/v1/admin/invites', {
      json: { emails: ['hanako@example.com'], locale: 'ja' },
      cookies: admin.cookies,
      headers: { origin: stack().app },
    });
    expect(invited.json.invites).toMatchObject([{ email: 'hanako@example.com', result: 'invited' }]);
    await stack().settle();
    const [mail, ...others] = stack().mails('hanako@example.com');
    expect(others).toEqual([]);
    expect(mail!.subject).toContain('招待');
    const [link] = /https?:\S+\/invite\/\S+/.exec(mail!.text)!;
    expect(mail!.html).toContain(link);

    const guest = new Visitor(stack(), 'ja');
    const page = await register(guest, link, { username: 'hanako', lastName: '山田', firstName: '花子' });
    expect(page.text).toContain('bossさんからの招待です');
    expect(fieldsOf(page.text)).toMatchObject({ email: 'hanako@example.com', password: '' });
    const mine = await guest.get('/');
    expect(mine.status).toBe(200);
    expect(mine.text).toContain('山田 花子');
    expect(mine.text).toContain('hanako@example.com');
    expect(mine.text).not.toMatch(/未確認|管理者/);

    expect(await guest.post('/logout', {})).toMatchObject(leadsTo('/login'));
    expect(Object.keys(guest.cookies)).toEqual(['__Host-device']);
    expect(await guest.get('/')).toMatchObject(leadsTo('/login'));

    const form = await guest.get('/login');
    const wrong = await guest.submit(form, '/login', { login: 'hanako', password: 'wrong password' });
    expect(wrong.status).toBe(401);
    expect(wrong.text).toContain('メールアドレスまたはパスワードが正しくありません');
    expect(fieldsOf(wrong.text)).toMatchObject({ login: 'hanako', password: '' });
    const right = await guest.submit(wrong, '/login', { login: 'hanako@example.com', password });
    expect(right).toMatchObject(leadsTo('/'));
    expect((await guest.get('/')).text).toContain('山田 花子');
  },
);

test('R0.5 R3.6 R2.4: who opens a used link is told so; who is signed in goes to the app', async () => {
  const [{ url: link } = { url: '' }] = await invite(withApp(), inviter);
  const guest = new Visitor(withApp(), 'ja');
  await register(guest, link, { email: 'taro@example.com', username: 'taro' });
  expect(await guest.get('/register')).toMatchObject(leadsTo('/'));
  expect(await guest.get('/login')).toMatchObject(leadsTo('/'));
  expect(await guest.get('/')).toMatchObject(leadsTo('https://app.example.com/start'));

  const other = new Visitor(withApp(), 'ja');
  const used = await other.get(pathOf(link));
  expect(used.status).toBe(422);
  expect(used.text).toContain('この招待リンクは既に使用されています');
  expect(Object.keys(other.cookies)).toEqual(['__Host-invite']);
});

test('R0.6: a form with mistakes comes back with what was typed but the password, and the invite still good', async () => {
  const guest = new Visitor(withApp());
  await guest.get(pathOf((await invite(withApp(), inviter))[0]!.url));
  const page = await guest.get('/register');
  const typed = { email: 'not an address', username: 'Me Myself', password: 'short', firstName: '<b>"x"' };
  const again = await guest.submit(page, '/register', typed);
  expect(again.status).toBe(422);
  expect(again.text).toContain('not an address');
  expect(again.text).not.toContain('short');
  expect(again.text).not.toContain('<b>');
  const right = { ...typed, email: 'jiro@example.com', username: 'jiro', password };
  expect(await guest.submit(again, '/register', right)).toMatchObject(leadsTo('/'));
});

test('R4.6: signing in leads back to the page that was wanted', async () => {
  const visitor = new Visitor(withApp());
  const page = await visitor.get('/login?next=%2Fregister%3Fa%3D1');
  expect(fieldsOf(page.text)['next']).toBe('/register?a=1');
  const answer = await visitor.submit(page, '/login', { login, password });
  expect(answer).toMatchObject(leadsTo('/register?a=1'));

  const app = new Visitor(withApp());
  const wanted = await app.get(`/login?next=${encodeURIComponent('https://app.example.com/page?b=2')}`);
  const back = await app.submit(wanted, '/login', { login, password });
  expect(back).toMatchObject(leadsTo('https://app.example.com/page?b=2'));
});

test.each([
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example/',
  '/\t/evil.example/',
  '/.//evil.example/',
  '/x/..//evil.example/',
  '/%2e//evil.example/',
  'https://app.example.com.evil.example/',
  'https://app.example.com@evil.example/',
  'javascript:alert(1)',
  'http://[',
])('R4.6: the login page is no way to "%s"', async (next) => {
  const post = await send(withApp(), 'POST', '/login', { form: { login, password, next } });
  const location = String(post.headers['location']);
  expect({ status: post.status, host: new URL(location, withApp().app).host }).toEqual({
    status: 303,
    host: new URL(withApp().app).host,
  });
  const { cookies } = post;
  const get = await send(withApp(), 'GET', `/login?next=${encodeURIComponent(next)}`, {
    cookies: { '__Host-session': cookies['__Host-session']!.value },
  });
  expect(new URL(String(get.headers['location']), withApp().app).host).toBe(new URL(withApp().app).host);
});
