import { beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { codeOf } from '../harness/people/codes.ts';
import {
  firstAdmin,
  invite,
  mailedToken,
  password,
  somebody,
  type SignedIn,
} from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';
import { browserRuns } from './chromium.ts';
import { loseCookies, useBrowser } from './visit.ts';

/** More controls than any guest page has. */
const mostTabs = 40;

/** Presses Tab until the control with this id or text has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let tabs = 0; tabs < mostTabs; tabs += 1) {
    await page.keyboard.press('Tab');
    const [id, text, isSeen] = await page.evaluate(() => {
      const part = document.activeElement!;
      const outline = getComputedStyle(part).outlineStyle;
      return [part.id, part.textContent?.trim(), outline !== 'none'] as const;
    });
    if (id !== name && text !== name) continue;
    expect(isSeen, `${name} shows that it is focused`).toBe(true);
    return;
  }
  throw new Error(`no Tab leads to ${name}`);
}

async function type(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [id, value] of Object.entries(fields)) {
    await tabTo(page, id);
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(value);
  }
}

async function press(page: Page, name: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
}

describe.skipIf(!browserRuns)('the guest’s way by keyboard alone', () => {
  const stack = useStack();
  const open = useBrowser();
  let admin: SignedIn;
  beforeAll(async () => {
    admin = await firstAdmin(stack());
  });

  test('R7.6 R0.4: from the link in another language over a mistake into the account', async () => {
    const who = somebody();
    await invite(stack(), admin, { emails: [who.email], locale: 'ja' });
    const page = await open();
    await page.goto(`${stack().app}/invite/${await mailedToken(stack(), who.email)}`);
    await press(page, 'English');
    await page.locator('html[lang=en]').waitFor();
    await type(page, { username: 'NOT GOOD', password });
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    // From the error summary, which has the focus, on to the field.
    await press(page, 'Username');
    expect(await page.evaluate(() => document.activeElement!.id)).toBe('username');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(who.username);
    await press(page, 'Register and start');
    await page.waitForURL(`${stack().app}/`);
  });

  test('R7.6 R2.6: from a forgotten password over the mailed code back in', async () => {
    const who = somebody();
    await invite(stack(), admin, { emails: [who.email] });
    const page = await open({ locale: 'en' });
    await page.goto(`${stack().app}/invite/${await mailedToken(stack(), who.email)}`);
    await type(page, { username: who.username, password });
    await page.keyboard.press('Enter');
    await page.waitForURL(`${stack().app}/`);
    await loseCookies(page);
    await page.goto(`${stack().app}/login`);
    await type(page, { login: who.email });
    await press(page, 'Forgot your password?');
    await page.waitForURL(`${stack().app}/forgot`);
    await press(page, 'Mail me a code');
    await page.waitForURL(/\/forgot\/./);
    await type(page, { code: await codeOf(stack(), who.email), password: 'a new horse battery' });
    await press(page, 'Set the password');
    await page.waitForURL(`${stack().app}/`);
  });

  test('R2.3 R7.5: where registration is open, signing in leads to it, and it takes no invite', async () => {
    stack().deploy({ registration: 'open' });
    const who = somebody();
    const page = await open({ locale: 'en' });
    await page.goto(stack().app);
    await press(page, 'New here? Register');
    await page.waitForURL(`${stack().app}/register`);
    await type(page, { email: who.email, username: who.username, password });
    await press(page, 'Register and start');
    await page.waitForURL(`${stack().app}/`);
    stack().deploy({});
  });

  test('C37 R4.11: what another site sends with the visitor’s browser changes nothing', async () => {
    const page = await open({ locale: 'en' });
    await page.goto(`${stack().app}/login`);
    await page.fill('#login', admin.user.username);
    await page.fill('#password', password);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${stack().app}/`);
    const before = await page.context().cookies();
    const forms = { '/logout': '', '/language': 'language=zh', '/login': `login=x&password=x` };
    for (const [path, fields] of Object.entries(forms)) {
      const inputs = [...new URLSearchParams(fields)].map(
        ([name, value]) => `<input name="${name}" value="${value}">`,
      );
      const body = `<form method="post" action="${stack().app}${path}">${inputs.join('')}<button>Win</button></form>`;
      await page.route('http://evil.example/', (route) => route.fulfill({ body, contentType: 'text/html' }));
      await page.goto('http://evil.example/');
      const [answer] = await Promise.all([page.waitForResponse(stack().app + path), page.click('button')]);
      expect([path, answer.status()]).toEqual([path, 403]);
      await page.unrouteAll();
    }
    const names = new Set(['__Host-session', '__Host-language']);
    const kept = (cookies: typeof before) =>
      cookies.filter(({ name }) => names.has(name)).map(({ name }) => name);
    expect(kept(await page.context().cookies())).toEqual(kept(before));
    await page.goto(stack().app);
    expect(page.url()).toBe(`${stack().app}/`);
  });

  test('C65 R4.11: in the browser too, every answer of a guest’s page comes with the headers that guard it', async () => {
    const page = await open({ locale: 'en' });
    const missing: string[] = [];
    page.on('response', (response) => {
      const headers = response.headers();
      for (const [name, value] of Object.entries(guards))
        if (!headers[name]?.includes(value)) missing.push(`${response.url()} ${name}: ${headers[name]}`);
    });
    for (const path of ['/login', '/register', '/forgot', '/invite/not.good', '/nowhere', '/assets/none.js'])
      await page.goto(stack().app + path);
    expect(missing).toEqual([]);
  });
});

const guards = {
  'strict-transport-security': 'max-age=',
  'content-security-policy': "frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
};
