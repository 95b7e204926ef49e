import { beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { codeOf } from '../harness/people/codes.ts';
import {
  firstAdmin,
  invite,
  mailedToken,
  openInvite,
  password,
  register,
  somebody,
  type SignedIn,
} from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';
import { browserRuns } from './chromium.ts';
import { expectGoodPage } from './page-checks.ts';
import { drawn } from './slow.ts';
import { loseCookies, useBrowser } from './visit.ts';

describe.skipIf(!browserRuns)('guests meet no dead end', () => {
  const stack = useStack();
  const withApp = useStack('withApp');
  const open = useBrowser();
  let admin: SignedIn;
  beforeAll(async () => {
    admin = await firstAdmin(stack());
  });

  const send = async (page: Page, fields: Record<string, string> = {}) => {
    for (const [id, value] of Object.entries(fields)) await page.fill(`#${id}`, value);
    await page.locator('main form > button').first().click();
  };
  const values = (page: Page, ...ids: string[]) => Promise.all(ids.map((id) => page.inputValue(`#${id}`)));
  const focused = (page: Page) =>
    page.evaluate(() => document.activeElement?.id || document.activeElement?.role);

  test('R7.5: a browser that refuses cookies is told before it sends a form, and still after a mistake in it', async () => {
    const page = await open({ locale: 'en' });
    await page.addInitScript(() =>
      Object.defineProperty(Navigator.prototype, 'cookieEnabled', { get: () => false }),
    );
    const notice = page.getByRole('alert').filter({ hasText: 'refuses cookies' });
    await page.goto(`${stack().app}/invite/${await openInvite(stack(), admin)}`);
    await notice.waitFor();
    await send(page, { email: somebody().email, username: 'NOT GOOD', password });
    await page.getByRole('alert').getByRole('link', { name: 'Username' }).waitFor();
    expect(await notice.isVisible()).toBe(true);
  });

  test.each<[string, () => void]>([
    [
      'keeps no data of sites',
      () =>
        Object.defineProperty(globalThis, 'sessionStorage', {
          get() {
            throw new DOMException('denied', 'SecurityError');
          },
        }),
    ],
    [
      'has no room',
      () =>
        (Storage.prototype.setItem = () => {
          throw new DOMException('full', 'QuotaExceededError');
        }),
    ],
  ])(
    'R7.5: in a browser that %s, the pages of guests and of who is in work as elsewhere',
    async (_, breaks) => {
      const who = somebody();
      await invite(stack(), admin, { emails: [who.email] });
      const page = await open({ locale: 'en' });
      await page.addInitScript(breaks);
      await page.goto(`${stack().app}/login`);
      await page.fill('#login', who.email);
      await page.goto(`${stack().app}/invite/${await mailedToken(stack(), who.email)}`);
      await send(page, { username: 'NOT GOOD', password });
      await page.getByRole('alert').getByRole('link', { name: 'Username' }).waitFor();
      expect(await page.inputValue('#password'), 'told in place').toBe(password);
      await send(page, { username: who.username });
      await page.waitForURL(`${stack().app}/`);
      await page.locator('header').getByText(who.username).waitFor();
    },
  );

  test('R7.5 C76: all mistakes of a registration are told at once, and nothing typed or shown before is lost', async () => {
    const [who, taken] = [somebody(), somebody()];
    await register(stack(), await openInvite(stack(), admin), taken);
    await invite(stack(), admin, { emails: [who.email] });
    const page = await open({ locale: 'en' });
    await page.goto(`${stack().app}/invite/${await mailedToken(stack(), who.email)}`);
    const notice = await page.locator('.notice.good').textContent();
    await send(page, { username: 'NOT GOOD', password: 'short', firstName: 'Hanako' });
    const summary = page.getByRole('alert');
    await summary.getByRole('link', { name: 'Password' }).waitFor();
    expect(await focused(page)).toBe('alert');
    expect(await summary.getByRole('link').allTextContents()).toEqual(['Username', 'Password']);
    expect(await page.locator('[aria-invalid]').count()).toBe(2);
    expect(await page.locator('.notice.good').textContent()).toBe(notice);
    expect(await page.locator('#email').getAttribute('readonly')).not.toBeNull();
    expect(await values(page, 'email', 'username', 'password', 'firstName')).toEqual([
      who.email,
      'NOT GOOD',
      'short',
      'Hanako',
    ]);
    await summary.getByRole('link', { name: 'Password' }).press('Enter');
    expect(await focused(page)).toBe('password');
    await expectGoodPage(page);

    // A taken username is told at its field too; the good password stays.
    await send(page, { username: taken.username, password });
    await page.locator('#username[aria-invalid]').waitFor();
    await page.locator('#password:not([aria-invalid])').waitFor();
    expect(await page.locator('#username-hint').textContent()).toContain('already in use');
    expect(await values(page, 'password')).toEqual([password]);
    await page.fill('#username', who.username);
    await page.press('#username', 'Enter');
    await page.waitForURL(`${stack().app}/`);
  });

  test('R7.5: whoever leaves a half-filled registration and comes back finds it, but for the password, until it is done', async () => {
    const [who, link] = [somebody(), async () => `${stack().app}/invite/${await openInvite(stack(), admin)}`];
    const first = await link();
    const page = await open({ locale: 'en' });
    await page.goto(first);
    await page.fill('#email', who.email);
    await page.fill('#username', who.username);
    await page.fill('#password', password);
    await page.getByRole('button', { name: 'Show: Password' }).first().click();
    // Typed while the password is shown as plain text.
    await page.fill('#firstName', 'Hanako');
    for (const comesBack of [
      () => page.reload(),
      async () => (await page.goto(`${stack().app}/login`), await page.goBack()),
      () => page.goto(first),
    ]) {
      await comesBack();
      await expect
        .poll(() => values(page, 'email', 'username', 'firstName', 'password'))
        .toEqual([who.email, who.username, 'Hanako', '']);
    }
    const kept = () => page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }));
    expect(await kept()).not.toContain(password);
    // Another tab does not show what was typed.
    const other = await page.context().newPage();
    await other.goto(first);
    expect(await values(other, 'email', 'username', 'firstName')).toEqual(['', '', '']);
    await send(page, { password });
    await page.waitForURL(`${stack().app}/`);
    expect(await kept()).not.toContain(who.username);
    await loseCookies(page);
    await page.goto(await link());
    expect(await values(page, 'email', 'username', 'firstName')).toEqual(['', '', '']);
    await page.fill('#firstName', 'Kenta');
    await page.goto(await link());
    expect(await values(page, 'firstName'), 'of another invite').toEqual(['']);
    expect(await kept()).not.toContain('Kenta');
  });

  test('R7.5: whoever types before the script runs goes on typing, and nothing is put over it', async () => {
    const link = `${stack().app}/invite/${await openInvite(stack(), admin)}`;
    const page = await open({ locale: 'en' });
    await page.goto(link);
    await page.fill('#username', 'before');
    await page.fill('#firstName', 'Hanako');
    const slow = Promise.withResolvers<void>();
    await page.route('**/assets/app.js', async (route) => (await slow.promise, route.continue()));
    await page.reload({ waitUntil: 'commit' });
    // The browser restores what was typed before when it has read the form, and would put it over what is typed here.
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    await drawn(page);
    await page.fill('#username', 'after');
    await page.focus('#password');
    await page.keyboard.type(password.slice(0, 4));
    slow.resolve();
    await page.getByRole('button', { name: 'Show: Password' }).first().waitFor();
    await page.keyboard.type(password.slice(4));
    expect(await values(page, 'username', 'firstName', 'password')).toEqual(['after', 'Hanako', password]);
  });

  test('R7.5 C115: where the connection is lost nothing is, and the same button sends it again', async () => {
    const who = somebody();
    await register(stack(), await openInvite(stack(), admin), who);
    const page = await open({ locale: 'en' });
    await page.goto(`${stack().app}/.well-known/change-password`);
    await page.waitForURL(/\/login\?/);
    await page.context().setOffline(true);
    await send(page, { login: who.username, password });
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toContain('What you typed is still here');
    expect(await values(page, 'login', 'password')).toEqual([who.username, password]);
    await expectGoodPage(page);
    await page.context().setOffline(false);
    await page.locator('main form > button').dblclick();
    await page.waitForURL(`${stack().app}/account#password`);
  });

  const switchTo = async (page: Page, name: string, lang: string): Promise<void> => {
    await page.getByRole('button', { name }).click();
    await page.locator(`html[lang=${lang}]`).waitFor();
  };

  test('R7.5 R2.8: a locked account, its password set anew by a code, and in, with the address typed once', async () => {
    const who = somebody();
    await invite(stack(), admin, { emails: [who.email] });
    await register(stack(), await mailedToken(stack(), who.email), who);
    const page = await open({ locale: 'en' });
    await page.goto(`${stack().app}/login`);
    await page.fill('#login', who.email);
    for (let turn = 0; turn < 6; turn += 1) {
      await page.fill('#password', `wrong ${turn}`);
      const answered = page.waitForResponse((response) => response.request().method() === 'POST');
      await page.locator('main form > button').click();
      await answered;
      // The alert may still be the previous turn's, and a form that is being sent cannot be sent again.
      await page.locator('main form:not([aria-busy])').waitFor();
      await page.getByRole('alert').waitFor();
    }
    const way = page.locator('main a.button[href="/forgot"]');
    await way.waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('minutes');
    await expectGoodPage(page);
    // In another language the page still tells it, in the words of before, and has the way on.
    await switchTo(page, '日本語', 'ja');
    expect(await page.getByRole('alert').textContent()).toContain('minutes');
    expect(await page.getByRole('alert').getAttribute('lang')).toBe('en');
    await expectGoodPage(page);
    await switchTo(page, 'English', 'en');
    expect(await page.getByRole('alert').count()).toBe(1);
    await way.click();
    await page.waitForURL(`${stack().app}/forgot`);
    expect(await values(page, 'email')).toEqual([who.email]);
    await send(page);
    await page.waitForURL(/\/forgot\/./);
    await send(page, { code: 'AAAAAA', password: 'a new horse battery' });
    await page.getByRole('alert').waitFor();
    await expectGoodPage(page);
    expect(await values(page, 'email', 'password')).toEqual([who.email, 'a new horse battery']);
    await switchTo(page, '中文', 'zh');
    expect(await page.locator('[aria-invalid=true]').getAttribute('id')).toBe('code');
    expect(await page.locator('#code-hint').textContent()).toBe('The code is not valid');
    await expectGoodPage(page);
    await switchTo(page, 'English', 'en');
    await send(page, { code: await codeOf(stack(), who.email) });
    await page.waitForURL(`${stack().app}/`);
    await page.getByText('Your password is set, and your other devices were signed out.').waitFor();
    // The page for an unknown address leads the signed-in user home.
    await page.goto(`${stack().app}/nowhere`);
    await page.getByRole('link', { name: 'To the first page' }).click();
    await page.waitForURL(`${stack().app}/`);
  });

  test('R7.5: an address that was typed stays for the next form, until its owner is in, at an app too', async () => {
    const who = somebody();
    await register(withApp(), await openInvite(withApp(), await firstAdmin(withApp())), who);
    const page = await open({ locale: 'en' });
    await page.goto(`${withApp().app}/login`);
    await page.fill('#login', who.email);
    await page.fill('#password', 'wrong');
    await page.locator('main form > button').click();
    await page.getByRole('alert').waitFor();
    await page.goto(`${withApp().app}/forgot`);
    expect(await values(page, 'email')).toEqual([who.email]);
    await page.goto(`${withApp().app}/login`);
    await page.fill('#password', password);
    // The real host must not be asked.
    await page.route('https://app.example.com/**', (route) => route.abort());
    const leads = page.waitForEvent('requestfailed', (one) => one.url() === 'https://app.example.com/start');
    await page.locator('main form > button').click();
    await leads;
    await page.waitForURL('chrome-error://**');
    await page.context().clearCookies();
    await page.goto(`${withApp().app}/login`);
    expect(await values(page, 'login'), 'whoever comes next').toEqual(['']);
  });
});
