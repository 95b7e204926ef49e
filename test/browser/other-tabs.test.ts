import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  firstAdmin,
  openInvite,
  password,
  register,
  somebody,
  type SignedIn,
} from '../harness/people/people.ts';
import { rowsOf } from '../harness/stack/rows.ts';
import { useStack } from '../harness/stack/stack.ts';
import { browserRuns } from './chromium.ts';
import { nextCheck, openDesk } from './desk.ts';
import { drawn, hold } from './slow.ts';
import { fillIn, loseCookies, switchLanguage, useBrowser } from './visit.ts';

describe.skipIf(!browserRuns)('a page while its person signs in elsewhere', () => {
  const stack = useStack();
  const open = useBrowser();
  let admin: SignedIn;
  beforeAll(async () => {
    admin = await firstAdmin(stack());
  });

  /** Resolves when the page knows whose it is. Before that, it is loaded anew if its person signs in in another tab. */
  const isTold = (page: Page): Promise<void> => page.locator('body[data-owner]').waitFor();

  /** Registers a guest whose account is bound to this browser, and opens their account page. */
  async function openBound(wanted?: Page): Promise<{ page: Page; username: string }> {
    const page = wanted ?? (await open());
    const { email, username } = somebody();
    await page.goto(`${stack().app}/invite/${await openInvite(stack(), admin, { kind: 'device' })}`);
    const fields = { メールアドレス: email, ユーザー名: username, パスワード: password };
    await fillIn(page, fields, '登録して始める');
    await page.waitForURL(`${stack().app}/`);
    await page.goto(`${stack().app}/account`);
    await page.getByLabel('名（任意）').waitFor();
    await isTold(page);
    return { page, username };
  }

  /** Signs in in another tab, over the present session: a page without a session, even briefly, would go to sign-in itself. */
  async function signInBeside(page: Page, login: string): Promise<void> {
    const tab = await page.context().newPage();
    await tab.goto(`${stack().app}/login?again`);
    await fillIn(tab, { メールアドレスまたはユーザー名: login, パスワード: password }, 'ログイン');
    await tab.waitForURL(`${stack().app}/`);
  }

  test('R7.6: whoever is bound to a device switches the language of their pages', async () => {
    const { page } = await openBound();
    await switchLanguage(page, 'en');
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    await switchLanguage(page, 'zh');
    expect(await page.getAttribute('html', 'lang')).toBe('zh');
  });

  test('R7.5 C69: who is bound to this device signs in again in another tab, and goes on where they were', async () => {
    const { page, username } = await openBound();
    await page.getByLabel('名（任意）').fill('花子');
    await signInBeside(page, username);
    await page.getByRole('button', { name: '保存する' }).click();
    await page.getByText('プロフィールを更新しました').waitFor();
    expect(await page.locator('#other-device').isHidden()).toBe(true);
  });

  test('R7.5 C69: so do all calls that were under way at once', async () => {
    const { page, username } = await openBound();
    const goOn = await hold(page, /\/v1\/(me\/apps|sessions)/);
    const asked = [/\/v1\/me\/apps$/, /\/v1\/sessions(\?|$)/].map((path) => page.waitForRequest(path));
    await page.reload();
    await Promise.all(asked);
    await isTold(page);
    await signInBeside(page, username);
    goOn();
    await page.getByLabel('名（任意）').waitFor();
    await page.waitForLoadState('networkidle');
    await drawn(page);
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(await page.locator('#other-device').isHidden()).toBe(true);
  });

  test('R7.5 C69: whose clock is set while a page is open is taken for no other device', async () => {
    const { page } = await openBound();
    await page.evaluate((offset) => {
      const { now } = Date;
      Date.now = () => now() + offset;
    }, 86_400_000);
    await page.getByLabel('名（任意）').fill('花子');
    await page.getByRole('button', { name: '保存する' }).click();
    await page.getByText('プロフィールを更新しました').waitFor();
    expect(await page.locator('#other-device').isHidden()).toBe(true);
  });

  test.each(['told', 'not told yet'])(
    'C69 C70: what is sent by a page that is %s whose it is goes into nobody else’s account, also where both are bound to this device',
    async (told) => {
      const { page, username: other } = await openBound();
      await loseCookies(page, '__Host-session');
      await openBound(page);
      // So that the page before is done with its own checks.
      await page.goto('about:blank');
      const isTold = told === 'told';
      await page.route('**/v1/sessions/verify', (route) => (isTold ? route.continue() : route.abort()));
      const checked = nextCheck(page);
      await page.goto(`${stack().app}/account`);
      await checked;
      // Otherwise a call under way could be refused, and the page would reload before anything is typed.
      await page.waitForLoadState('networkidle');
      await signInBeside(page, other);
      const username = page.getByLabel('ユーザー名');
      const wanted = somebody();
      await username.fill(wanted.username);
      await page.getByRole('button', { name: '保存する' }).click();
      await expect.poll(() => username.inputValue()).toBe(other);
      expect(rowsOf(await stack().dumpTables(), 'users', 'username', wanted.username)).toEqual([]);
    },
  );

  test('C70: a page of somebody who has given way to another person is loaded anew before it does anything', async () => {
    const people = [await openInvite(stack(), admin), await openInvite(stack(), admin)];
    const [first, second] = [await register(stack(), people[0]!), await register(stack(), people[1]!)];
    const page = await open();
    await page.goto(`${stack().app}/login`);
    const login = { メールアドレスまたはユーザー名: first.user.username, パスワード: password };
    await fillIn(page, login, 'ログイン');
    await page.waitForURL(`${stack().app}/`);
    await page.goto('about:blank');
    const checked = nextCheck(page);
    await page.goto(`${stack().app}/account`);
    await page.getByLabel('ユーザー名').waitFor();
    await checked;
    await signInBeside(page, second.user.username);
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await expect.poll(() => page.getByLabel('ユーザー名').inputValue()).toBe(second.user.username);
  });

  test('C70: so is one whose first check failed, and which was never told whose it is', async () => {
    const people = [await openInvite(stack(), admin), await openInvite(stack(), admin)];
    const [first, second] = [await register(stack(), people[0]!), await register(stack(), people[1]!)];
    const page = await openDesk(await open(), stack(), first, '/account');
    await page.route('**/v1/sessions/verify', (route) => route.abort(), { times: 1 });
    const isLost = nextCheck(page);
    await page.reload();
    await isLost;
    await page.getByLabel('ユーザー名').waitFor();
    await signInBeside(page, second.user.username);
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await expect.poll(() => page.getByLabel('ユーザー名').inputValue()).toBe(second.user.username);
  });
});
