import { beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import {
  firstAdmin,
  invite,
  mailedToken,
  openInvite,
  password,
  register,
  somebody,
} from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';
import { daySeconds } from '../harness/stack/time.ts';
import { browserRuns } from './chromium.ts';
import { expectGoodPage } from './page-checks.ts';
import { measureLoad } from './page-load.ts';
import { useBrowser } from './visit.ts';

describe.skipIf(!browserRuns)('pages of who is not signed in', () => {
  const stack = useStack();
  const open = useBrowser();
  const guest = somebody();
  let mailed = '';
  let used = '';
  beforeAll(async () => {
    const admin = await firstAdmin(stack());
    await invite(stack(), admin, { emails: [guest.email], note: 'n'.repeat(200) });
    mailed = await mailedToken(stack(), guest.email);
    used = await openInvite(stack(), admin);
    await register(stack(), used, somebody());
  });

  const send = async (page: Page, fields: Record<string, string> = {}) => {
    for (const [id, value] of Object.entries(fields)) await page.fill(`#${id}`, value);
    await page.locator('main form > button').first().click();
  };
  const refused = async (page: Page, fields: Record<string, string>) => {
    await send(page, fields);
    await page.getByRole('alert').waitFor();
  };

  /** How to reach each page, in the state that shows most. */
  const sights: Record<string, (page: Page, app: string) => Promise<unknown>> = {
    login: (page, app) => page.goto(`${app}/login`),
    'login, refused': async (page, app) => {
      await page.goto(`${app}/login`);
      await refused(page, { login: 'x'.repeat(100), password: 'wrong' });
    },
    register: (page, app) => page.goto(`${app}/invite/${mailed}`),
    'register, refused': async (page, app) => {
      await page.goto(`${app}/invite/${mailed}`);
      await refused(page, { username: 'NOT GOOD', password: 'short' });
    },
    'register by a code': (page, app) => page.goto(`${app}/register`),
    'register by a code, refused': async (page, app) => {
      await page.goto(`${app}/register`);
      const { email, username } = somebody();
      await refused(page, { code: 'ABCD1234', email, username, password });
    },
    'register, open to everybody': (page, app) => {
      stack().deploy({ registration: 'open' });
      return page.goto(`${app}/register`);
    },
    'a link that has expired': async (page, app) => {
      stack().clock.offsetSeconds += daySeconds * 8;
      await page.goto(`${app}/invite/${mailed}`);
    },
    'a used link': (page, app) => page.goto(`${app}/invite/${used}`),
    'a link that is not good': (page, app) => page.goto(`${app}/invite/not.good`),
    'a new link was asked for': (page, app) => page.goto(`${app}/invite/renewed`),
    forgot: (page, app) => page.goto(`${app}/forgot`),
    reset: async (page, app) => {
      await page.goto(`${app}/forgot`);
      await send(page, { email: 'nobody@example.com' });
      await page.waitForURL(/\/forgot\/./);
    },
    'reset, refused': async (page, app) => {
      await page.goto(`${app}/forgot`);
      await send(page, { email: 'nobody@example.com' });
      await page.waitForURL(/\/forgot\/./);
      await refused(page, { code: 'AAAAAA', password: 'short' });
    },
    'move to this device': (page, app) => page.goto(`${app}/move`),
    'move to this device by a code': async (page, app) => {
      await page.goto(`${app}/move`);
      await send(page, { email: 'nobody@example.com' });
      await page.waitForURL(/\/move\/./);
    },
    'nothing here': (page, app) => page.goto(`${app}/nowhere`),
    'the store is down': async (page, app) => {
      stack().faults([{ kind: 'error', service: 'dynamodb', times: 999 }]);
      await page.goto(`${app}/invite/${mailed}`);
      stack().faults([]);
    },
  };
  const looks = ['ja light', 'zh dark', 'en light'] as const;

  test.each(Object.keys(sights))(
    'R7.6 R4.13: %s is for everybody, in each language and look',
    async (sight) => {
      for (const look of looks) {
        const [locale, colorScheme] = look.split(' ') as [string, 'light' | 'dark'];
        const page = await open({ locale, colorScheme });
        await sights[sight]!(page, stack().app);
        expect(await page.locator('html').getAttribute('lang')).toBe(locale);
        await expectGoodPage(page);
        stack().deploy({});
        stack().clock.offsetSeconds = 0;
      }
    },
  );

  test.each(['login', 'register', 'forgot', 'a used link'])(
    'R7.6: %s comes cold in five requests and 75 kB, and nothing in it moves',
    async (sight) => {
      const page = await open();
      const { kilobytes, requests, layoutShift } = await measureLoad(page, () =>
        sights[sight]!(page, stack().app),
      );
      const files = requests.filter((url) => !url.includes('/invite/'));
      expect(files.length, requests.join(' ')).toBeLessThanOrEqual(5);
      expect(kilobytes).toBeLessThanOrEqual(75);
      expect(layoutShift).toBe(0);
    },
  );

  test.each([
    ['#ffd400', 'light', 24],
    ['#2b0a5c', 'dark', 96],
  ] as const)(
    'a deployment of %s, in %s with a logo of %i × 24, is legible, and nothing in it moves',
    async (appColor, colorScheme, width) => {
      const appLogo = 'https://logo.example.com/logo.svg';
      stack().deploy({ appColor, appLogo, appName: 'とても長い名前のアプリケーションの例' });
      const page = await open({ colorScheme });
      // The logo arrives after the page is visible, as from another host.
      await page.route(appLogo, async (route) => {
        await page.locator('main button').first().waitFor();
        const body = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="24" />`;
        await route.fulfill({ contentType: 'image/svg+xml', body });
      });
      const { layoutShift } = await measureLoad(page, () => page.goto(`${stack().app}/login`));
      expect(layoutShift).toBe(0);
      const image = page.locator('header img');
      expect(await image.evaluate((shown: HTMLImageElement) => shown.naturalWidth)).toBe(width);
      await expectGoodPage(page);
    },
  );
});
