import { createHash } from 'node:crypto';
import { EmbeddedJWK, jwtVerify } from 'jose';
import type { Page, Request } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  firstAdmin,
  invite,
  mailedToken,
  openInvite,
  password,
  somebody,
  type SignedIn,
} from '../harness/people/people.ts';
import { rowsOf, textOf } from '../harness/stack/rows.ts';
import { useStack } from '../harness/stack/stack.ts';
import { codeOf } from '../harness/people/codes.ts';
import { faintTexts, mistakesOf } from './checks.ts';
import { browserRuns } from './chromium.ts';
import { fillIn, loseCookies, useBrowser } from './visit.ts';

const ja = {
  email: 'メールアドレス',
  username: 'ユーザー名',
  password: 'パスワード',
  register: '登録して始める',
};
const login = { login: 'メールアドレスまたはユーザー名', signIn: 'ログイン' };

describe.skipIf(!browserRuns)('what a browser tells of its device', () => {
  const stack = useStack();
  const open = useBrowser();
  let admin: SignedIn;
  beforeAll(async () => {
    admin = await firstAdmin(stack());
  });

  const isCall = (path: string) => (request: Request) => new URL(request.url()).pathname === path;

  /** Registers in the page by an invite with these properties, up to the first page. */
  async function register(page: Page, wish: object): Promise<string> {
    const { email, username } = somebody();
    // An administrator needs a proven mailbox, which the mailed link proves.
    const mailed = async () => {
      await invite(stack(), admin, { emails: [email], ...wish });
      return mailedToken(stack(), email);
    };
    const token = 'role' in wish ? await mailed() : await openInvite(stack(), admin, wish);
    await page.goto(`${stack().app}/invite/${token}`);
    await fillIn(page, { [ja.email]: email, [ja.username]: username, [ja.password]: password }, ja.register);
    await page.waitForURL(`${stack().app}/`);
    return username;
  }

  test('R3.2 R3.7: its id goes with registration, sign-in and every view of a signed-in page', async () => {
    const page = await open();
    // Once it is answered: a page that is left before that may not have sent it.
    const checked = page.waitForResponse((response) => isCall('/v1/sessions/verify')(response.request()));
    const username = await register(page, {});
    const { deviceId } = (await checked).request().postDataJSON() as { deviceId: string };
    expect(deviceId).toMatch(/^[0-9a-f]{32}$/);
    await loseCookies(page);
    await page.goto(`${stack().app}/login`);
    await fillIn(page, { [login.login]: username, [ja.password]: password }, login.signIn);
    await page.waitForURL(`${stack().app}/`);
    const ids = async () => {
      const tables = await stack().dumpTables();
      const [user] = rowsOf(tables, 'users', 'username', username);
      const userId = textOf(user!, 'pk').slice('user#'.length);
      return rowsOf(tables, 'sessions', 'userId', userId)
        .filter((row) => !textOf(row, 'id').startsWith('device#'))
        .map((session) => textOf(session, 'deviceId'));
    };
    // A session that began before the id was known gets it with the page's first call.
    await expect.poll(ids).toEqual([deviceId, deviceId]);
  });

  test('R3.2: the page does not wait for it, and works where it does not come', async () => {
    const page = await open();
    await page.route('**/assets/device-id.js', (route) => route.fulfill({ status: 503 }));
    const checked = page.waitForRequest(isCall('/v1/sessions/verify'));
    await register(page, {});
    expect((await checked).postDataJSON()).toEqual({});
  });

  test('R3.7: when the session is over, the page leads to where one begins', async () => {
    const page = await open();
    await register(page, {});
    await page.goto('about:blank');
    await page.route('**/v1/sessions/verify', async (route) => {
      await page.context().clearCookies();
      await route.continue({ headers: { ...route.request().headers(), cookie: '' } });
    });
    await page.goto(`${stack().app}/`);
    await page.waitForURL(`${stack().app}/login`);
  });

  test('C33: of two tabs that make the device’s key at once, both register with the one that is kept', async () => {
    const page = await open();
    const slow = await page.context().newPage();
    // The second tab makes its key only after the first tab has registered.
    await slow.addInitScript(() => {
      const generate = crypto.subtle.generateKey.bind(crypto.subtle);
      const asked = new Promise<void>((resolve) => addEventListener('goes-on', () => resolve()));
      const held = async (...args: Parameters<typeof generate>) => {
        document.documentElement.dataset['held'] = '';
        await asked;
        return generate(...args);
      };
      crypto.subtle.generateKey = held as typeof crypto.subtle.generateKey;
    });
    const token = await openInvite(stack(), admin, { kind: 'device' });
    const { email, username } = somebody();
    await slow.goto(`${stack().app}/invite/${token}`);
    await fillIn(slow, { [ja.email]: email, [ja.username]: username, [ja.password]: password }, ja.register);
    await slow.locator('html[data-held]').waitFor();
    const first = await register(page, { kind: 'device' });
    await slow.evaluate(() => dispatchEvent(new Event('goes-on')));
    await slow.waitForURL(`${stack().app}/`);
    const tables = await stack().dumpTables();
    const keys = [first, username].map((name) =>
      textOf(rowsOf(tables, 'users', 'username', name)[0]!, 'device'),
    );
    expect(keys[0]).toBe(keys[1]);
  });

  test.each([0, -3, 2])(
    'C33 C69: a bound page proves each call with the key of the device, whose clock is %s days off',
    async (days) => {
      const page = await open();
      await page.addInitScript((offset) => {
        const { now } = Date;
        Date.now = () => now() + offset;
      }, days * 86_400_000);
      await register(page, { kind: 'device' });
      const called = [isCall('/v1/me'), isCall('/v1/sessions')].map((is) => page.waitForRequest(is));
      await page.goto(`${stack().app}/account`);
      const session = (await page.locator('body').getAttribute('data-session'))!;
      const proofs: string[] = [];
      for (const request of await Promise.all(called)) {
        const { payload, protectedHeader } = await jwtVerify(request.headers()['dpop']!, EmbeddedJWK);
        expect(protectedHeader).toMatchObject({ typ: 'dpop+jwt', alg: 'ES256' });
        const { origin, pathname } = new URL(request.url());
        expect(payload).toMatchObject({
          htm: 'GET',
          htu: origin + pathname,
          ath: createHash('sha256').update(session).digest('base64url'),
        });
        expect(Math.abs(payload.iat! - Date.now() / 1_000)).toBeLessThan(60);
        proofs.push(payload.jti!);
      }
      expect(new Set(proofs).size).toBe(2);
    },
  );

  test('C69: the page of a bound session comes without its owner, whom the script puts in', async () => {
    const page = await open();
    const username = await register(page, { kind: 'device' });
    await page.locator('dl').waitFor();
    expect(await page.locator('h1').textContent()).toBe(username);
    expect(await page.locator('dl').textContent()).toContain(`${username}@example.com`);
    const sources = ['/', '/register'].map(async (path) =>
      (await page.request.get(stack().app + path)).text(),
    );
    for (const source of await Promise.all(sources)) expect(source).not.toContain(username);
  });

  test('R3.3 C69: the same cookie in another browser shows nothing and opens nothing, but signs out', async () => {
    const page = await open();
    const username = await register(page, { kind: 'device', role: 'admin' });
    await page.goto(`${stack().app}/admin/invites/new?way=link`);
    await fillIn(page, {}, 'リンクを作成');
    await page.locator('code.link').waitFor();
    await page.goto(`${stack().app}/account`);
    await page.locator('#desk tbody tr').first().waitFor();
    await fillIn(page, { '名（任意）': '花子' }, '保存する');
    await page.getByText('プロフィールを更新しました').waitFor();

    const thief = await open();
    await thief.context().addCookies(await page.context().cookies());
    for (const path of ['/', '/account', '/verify', '/register']) {
      await thief.goto(stack().app + path);
      await thief.locator('#other-device').waitFor();
      expect(await thief.locator('main form:visible').count()).toBe(2);
      const seen = await thief.content();
      expect([username, '花子', `${username}@example.com`].filter((fact) => seen.includes(fact))).toEqual([]);
    }
    for (const path of ['/v1/me', '/v1/me/export', '/v1/sessions', '/v1/admin/invites']) {
      const answer = await thief.request.get(stack().app + path);
      expect([answer.status(), await answer.json()]).toMatchObject([403, { code: 'device_mismatch' }]);
    }
    await thief.goto(stack().app);
    const notice = thief.locator('#other-device');
    await notice.waitFor();
    expect(await mistakesOf(thief)).toEqual([]);
    expect(await faintTexts(thief)).toEqual([]);
    await notice.getByRole('button', { name: 'この端末に移行する' }).click();
    await thief.waitForURL(`${stack().app}/move`);
    await page.goto(`${stack().app}/account`);
    await page.waitForURL(/\/login/);
  });

  test('R2.5 C69: a form of a bound page carries the proof', async () => {
    const page = await open();
    const username = await register(page, { kind: 'device' });
    await page.getByRole('link', { name: '確認する', exact: true }).click();
    await fillIn(page, {}, 'コードを送る');
    await page.waitForURL(/\/verify\/[\w-]+$/);
    await fillIn(page, { 確認コード: 'WR0NG1' }, '確認する');
    await page.getByRole('alert').waitFor();
    const code = await codeOf(stack(), `${username}@example.com`);
    await fillIn(page, { 確認コード: code }, '確認する');
    await page.waitForURL(`${stack().app}/`);
    await page.locator('dl').waitFor();
    expect(await page.locator('main').innerText()).not.toContain('未確認');
  });

  test('R3.3: who signs in again where the key is kept is bound again, and moves elsewhere by a code', async () => {
    const page = await open();
    const username = await register(page, { kind: 'device' });
    await fillIn(page, {}, 'ログアウト');
    await page.waitForURL(`${stack().app}/login`);
    await fillIn(page, { [login.login]: username, [ja.password]: password }, login.signIn);
    await page.waitForURL(`${stack().app}/`);
    await page.locator('dl').waitFor();
    expect(await page.locator('body').getAttribute('data-session')).not.toBeNull();

    const other = await open();
    await other.goto(`${stack().app}/login`);
    await fillIn(other, { [login.login]: username, [ja.password]: password }, login.signIn);
    await other.getByText('登録された端末ではありません').waitFor();
    await other.getByRole('link', { name: 'この端末に移行する' }).click();
    const email = `${username}@example.com`;
    await fillIn(other, { [ja.email]: email }, 'コードを送る');
    await other.waitForURL(/\/move\/[\w-]+$/);
    const typed = { 確認コード: 'WR0NG1', [login.login]: username, [ja.password]: password };
    await fillIn(other, typed, 'この端末を使う');
    await other.getByRole('alert').waitFor();
    const code = await codeOf(stack(), email);
    await fillIn(other, { 確認コード: code, [ja.password]: password }, 'この端末を使う');
    await other.waitForURL(`${stack().app}/`);
    await other.locator('dl').waitFor();
    expect(await other.locator('h1').textContent()).toBe(username);
    await page.goto(`${stack().app}/account`);
    await page.waitForURL(/\/login/);
  });

  test('R3.3: a browser whose key store never answers signs in all the same', async () => {
    const page = await open();
    const username = await register(page, {});
    await loseCookies(page);
    await page.addInitScript(() => (IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest));
    await page.clock.install();
    await page.goto(`${stack().app}/login`);
    await fillIn(page, { [login.login]: username, [ja.password]: password }, login.signIn);
    await page.clock.runFor(5_000);
    await page.waitForURL(`${stack().app}/`);
  });
});
