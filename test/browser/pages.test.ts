import { beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { firstAdmin, invite, mailedToken, password, somebody } from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';
import { faintTexts, mistakesOf } from './checks.ts';
import { browserRuns } from './chromium.ts';
import { useBrowser } from './visit.ts';

describe.skipIf(!browserRuns)('every page', () => {
  const stack = useStack();
  const open = useBrowser();
  const guest = somebody('a'.repeat(20));
  let admin = '';
  let mailed = '';
  beforeAll(async () => {
    const first = await firstAdmin(stack());
    admin = first.user.username;
    const long = `${'long'.repeat(15)}@${'subdomain.'.repeat(8)}example.com`;
    await invite(stack(), first, { emails: [guest.email, long], note: 'n'.repeat(200) });
    mailed = await mailedToken(stack(), guest.email);
  });

  const type = async (page: Page, fields: Record<string, string>, button = 'main form > button') => {
    for (const [id, value] of Object.entries(fields)) await page.fill(`#${id}`, value);
    await page.locator(button).first().click();
  };

  /** How to reach each page, in the state that shows most. */
  const sights: Record<string, (page: Page, app: string) => Promise<unknown>> = {
    login: (page, app) => page.goto(`${app}/login`),
    'login, refused': async (page, app) => {
      await page.goto(`${app}/login`);
      await type(page, { login: 'x'.repeat(100), password: 'wrong' });
      await page.getByRole('alert').waitFor();
    },
    register: (page, app) => page.goto(`${app}/invite/${mailed}`),
    'register, refused': async (page, app) => {
      await page.goto(`${app}/invite/${mailed}`);
      await type(page, { username: 'NOT GOOD', password: 'short' });
      await page.getByRole('alert').waitFor();
    },
    'register without an invite': (page, app) => page.goto(`${app}/register`),
    'an invite that is not good': (page, app) => page.goto(`${app}/invite/not.good`),
    'nothing here': (page, app) => page.goto(`${app}/nowhere`),
    'home of an admin': async (page, app) => {
      await page.goto(`${app}/login`);
      await type(page, { login: admin, password });
      await page.getByRole('link', { name: '招待する' }).waitFor();
    },
  };

  test.each(Object.keys(sights))(
    'C65 R4.11: %s fits a phone of 320 px, is labelled, ordered and legible in light and dark',
    async (sight) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await open({ viewport: { width: 320, height: 640 }, colorScheme });
        await sights[sight]!(page, stack().app);
        await page.waitForLoadState();
        expect(await mistakesOf(page)).toEqual([]);
        expect(await faintTexts(page)).toEqual([]);
      }
    },
  );

  test.each(['/login', '/register', '/invite/x.y', '/nowhere'])(
    'R4.13: %s is in the language of the browser',
    async (path) => {
      for (const [locale, says] of Object.entries({ ja: 'ログイン', 'zh-CN': '登录', 'en-GB': 'Sign in' })) {
        const page = await open({ locale });
        await page.goto(`${stack().app}${path}`);
        expect(await page.locator('main').textContent()).toContain(says);
      }
    },
  );

  test('R7.6: no line of a Japanese page holds the last letter of a sentence alone', async () => {
    for (const sight of Object.keys(sights)) {
      const page = await open({ viewport: { width: 360, height: 640 } });
      await sights[sight]!(page, stack().app);
      expect({ sight, alone: await page.evaluate(findLoneEnds) }).toEqual({ sight, alone: [] });
    }
  });

  test('the styles arrive: with them the page is no plain document', async () => {
    const page = await open({ colorScheme: 'dark' });
    await page.goto(`${stack().app}/login`);
    const colors = await page.evaluate(() => [
      getComputedStyle(document.body).backgroundColor,
      getComputedStyle(document.querySelector('main form > button')!).backgroundColor,
    ]);
    expect(new Set(colors).size).toBe(2);
    expect(colors[0]).toMatch(/^rgb\((\d|1\d|2\d), /);
  });

  test('R1.7: the password can be shown, by a button inside of its field', async () => {
    const page = await open();
    await page.goto(`${stack().app}/login`);
    const field = page.locator('#password');
    await field.fill('secret');
    const button = page.getByRole('button', { name: '表示: パスワード' });
    const [inner, outer] = [(await button.boundingBox())!, (await field.boundingBox())!];
    expect(inner.x).toBeGreaterThan(outer.x + outer.width / 2);
    expect(inner.x + inner.width).toBeLessThan(outer.x + outer.width);
    expect(inner.y).toBeGreaterThan(outer.y);
    expect(inner.y + inner.height).toBeLessThan(outer.y + outer.height);
    expect(await field.getAttribute('type')).toBe('password');
    await button.click();
    expect(await field.getAttribute('type')).toBe('text');
    expect(await button.getAttribute('aria-pressed')).toBe('true');
    await button.click();
    expect(await field.getAttribute('type')).toBe('password');
    expect(await field.inputValue()).toBe('secret');
  });

  test('R0.6: registering takes nothing but a keyboard', async () => {
    const page = await open({ locale: 'en' });
    await page.goto(`${stack().app}/invite/${mailed}`);
    const focused = () =>
      page.evaluate(() => {
        const { id, textContent, tagName } = document.activeElement!;
        return id || `${tagName} ${textContent?.trim()}`;
      });
    const order: string[] = [];
    const typed: Record<string, string> = { username: guest.username, password, firstName: 'Hanako' };
    for (let at = 0; at < 12; at += 1) {
      await page.keyboard.press('Tab');
      const name = await focused();
      order.push(name);
      if (typed[name]) await page.keyboard.type(typed[name]);
    }
    expect(order).toEqual([
      'A Latchkey',
      'BUTTON 日本語',
      'BUTTON 中文',
      'BUTTON English',
      'email',
      'username',
      'password',
      'BUTTON Show',
      'firstName',
      'lastName',
      'BUTTON Register and start',
      'A Already registered? Sign in',
    ]);
    await page.locator('#lastName').focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(`${stack().app}/`);
    expect(await page.locator('h1').textContent()).toBe('Hanako');
  });
});

// This function runs in the page and can use nothing from outside itself.

/** Sentences whose last line holds only one letter and the full stop. */
function findLoneEnds(): string[] {
  const texts = document.createTreeWalker(document.querySelector('main')!, NodeFilter.SHOW_TEXT);
  const found: string[] = [];
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const text = node.textContent!.trimEnd();
    const topOf = (at: number) => {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      return range.getBoundingClientRect().top;
    };
    // Browsers break no line between the last letter and the full stop.
    if (text.length > 4 && topOf(text.length - 3) < topOf(text.length - 2)) found.push(text);
  }
  return found;
}
