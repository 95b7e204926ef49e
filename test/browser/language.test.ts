import { expect, test, describe } from 'vitest';
import { noAnswer } from '#shared/errors/lost-answers.ts';
import { pageTexts } from '#web/texts/pages.ts';
import { firstAdmin, invite, mailedToken, password, somebody } from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';
import { browserRuns } from './chromium.ts';
import { loseCookies, useBrowser } from './visit.ts';

describe.skipIf(!browserRuns)('the language switch', () => {
  const stack = useStack();
  const open = useBrowser();

  test('R7.6 R4.6 C70: switching keeps all that was typed, the tab’s own invite and the wanted page, and lasts', async () => {
    const admin = await firstAdmin(stack());
    const [who, other] = [somebody(), somebody()];
    await invite(stack(), admin, { emails: [who.email, other.email] });
    const page = await open();
    await page.goto(`${stack().app}/invite/${await mailedToken(stack(), who.email)}?next=%2Fkeys`);
    await page.fill('#username', who.username);
    await page.fill('#password', password);
    await page.fill('#firstName', 'Hanako');
    const second = await page.context().newPage();
    await second.goto(`${stack().app}/invite/${await mailedToken(stack(), other.email)}`);

    const chinese = page.getByRole('button', { name: '中文' });
    await chinese.click();
    await page.locator('html[lang=zh]').waitFor();
    expect(await page.locator('h1').textContent()).toBe('注册');
    expect(await chinese.getAttribute('aria-current')).toBe('true');
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('中文');
    const values = await Promise.all(
      ['email', 'username', 'password', 'firstName'].map((id) => page.inputValue(`#${id}`)),
    );
    expect(values).toEqual([who.email, who.username, password, 'Hanako']);
    // The form works as before: the password can be shown, and its strength is told.
    await page.locator('#password').focus();
    await page.locator('.strength.good').waitFor();
    await page.getByRole('button', { name: '显示：密码' }).click();
    expect(await page.locator('#password').getAttribute('type')).toBe('text');

    await page.getByRole('button', { name: '注册并开始' }).click();
    // Registration leads to the page that was requested first.
    await page.waitForURL(`${stack().app}/keys`);
    expect(await page.locator('html').getAttribute('lang')).toBe('zh');
    await loseCookies(page, '__Host-session');
    await page.goto(`${stack().app}/login`);
    expect(await page.locator('html').getAttribute('lang')).toBe('zh');
  });

  test('R7.6 R7.5: where nothing comes back after it, that is said in the language that was chosen', async () => {
    const page = await open({ locale: 'en' });
    await page.goto(`${stack().app}/login`);
    await page.getByRole('button', { name: '日本語' }).click();
    await page.locator('html[lang=ja]').waitFor();
    await page.fill('#login', 'hanako@example.com');
    await page.fill('#password', password);
    await page.context().setOffline(true);
    await page.locator('main form > button').first().click();
    await page.getByText(noAnswer.ja).waitFor();
    expect(await page.locator('main').textContent()).not.toContain(noAnswer.en);
  });

  test('R7.6 R7.5: a language that does not come is told in the one that is there, what was typed stays, and the next press brings it', async () => {
    const page = await open({ locale: 'en' });
    await page.goto(`${stack().app}/login`);
    await page.fill('#login', 'hanako@example.com');
    await page.fill('#password', password);
    let ways = 0;
    await page.route(/\/language$/, (route) =>
      (ways += 1) === 1 ? route.abort() : route.fulfill({ status: 503, body: '' }),
    );
    for (const tries of [1, 2]) {
      await page.getByRole('button', { name: '日本語' }).click();
      await expect.poll(() => ways).toBe(tries);
      await page.getByText(pageTexts.languageLost.en).waitFor();
    }
    expect(await page.getByRole('alert').count()).toBe(1);
    const values = await Promise.all(['login', 'password'].map((id) => page.inputValue(`#${id}`)));
    expect(values).toEqual(['hanako@example.com', password]);
    await page.unroute(/\/language$/);
    await page.getByRole('button', { name: '日本語' }).click();
    await page.locator('html[lang=ja]').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  test('R7.6: works without scripts, and comes back to the page that it stands on', async () => {
    const page = await open({ javaScriptEnabled: false, locale: 'en' });
    await page.goto(`${stack().app}/login?next=%2Fkeys`);
    await page.getByRole('button', { name: '日本語' }).click();
    await page.locator('html[lang=ja]').waitFor();
    expect(page.url()).toBe(`${stack().app}/login?next=%2Fkeys`);
    await page.goto(`${stack().app}/nowhere`);
    expect(await page.locator('html').getAttribute('lang')).toBe('ja');
    await page.getByRole('button', { name: 'English' }).click();
    await page.locator('html[lang=en]').waitFor();
    expect(page.url()).toBe(`${stack().app}/nowhere`);
  });
});
