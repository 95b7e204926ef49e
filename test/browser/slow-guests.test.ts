import { beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { noAnswer } from '#shared/errors/lost-answers.ts';
import { send } from '../harness/http/http.ts';
import {
  firstAdmin,
  openInvite,
  password,
  register,
  somebody,
  type SignedIn,
} from '../harness/people/people.ts';
import { useStack } from '../harness/stack/stack.ts';
import { browserRuns } from './chromium.ts';
import { drawn, hold, holdAnswers, typeOn } from './slow.ts';
import { useBrowser } from './visit.ts';

const submit = (page: Page) => page.locator('main form > button').first();
describe.skipIf(!browserRuns)('guests on a slow network', () => {
  const stack = useStack();
  const open = useBrowser();
  let admin: SignedIn;
  beforeAll(async () => {
    admin = await firstAdmin(stack());
  });
  const link = async () => `${stack().app}/invite/${await openInvite(stack(), admin)}`;

  /** Opens a page without its script. @returns a function that lets the script load. */
  const openBeforeScript = async (page: Page, url: string): Promise<() => void> => {
    const goOn = await hold(page, /\/assets\/app\.js$/);
    await page.goto(url, { waitUntil: 'commit' });
    await submit(page).waitFor();
    return goOn;
  };

  test('R7.5 R7.6: whoever types on while another language is on its way goes on typing', async () => {
    const page = await open({ locale: 'en' });
    await page.goto(`${stack().app}/login`);
    const goOn = await hold(page, /\/language$/, 'POST');
    await page.getByRole('button', { name: '日本語' }).click();
    await typeOn(page, '#login', 'hanago');
    await page.keyboard.press('ArrowLeft');
    goOn();
    await page.locator('html[lang=ja]').waitFor();
    await page.keyboard.type('ko');
    expect(await page.inputValue('#login')).toBe('hanagkoo');
  });

  test('R7.5 R7.6: a form that is pressed before another language comes is sent, also where its key is still made then', async () => {
    const page = await open({ locale: 'en' });
    // The device's key is made only when the test lets it.
    await page.addInitScript(() => {
      const generate = crypto.subtle.generateKey.bind(crypto.subtle);
      const asked = new Promise<void>((resolve) => addEventListener('goes-on', () => resolve()));
      const held = async (...args: Parameters<typeof generate>) => {
        await asked;
        return generate(...args);
      };
      crypto.subtle.generateKey = held as typeof crypto.subtle.generateKey;
    });
    const { email, username } = somebody();
    await page.goto(`${stack().app}/invite/${await openInvite(stack(), admin, { kind: 'device' })}`);
    await page.fill('#email', email);
    await page.fill('#username', username);
    await page.fill('#password', password);
    const goOn = await hold(page, /\/language$/, 'POST');
    await page.getByRole('button', { name: '日本語' }).click();
    await submit(page).click();
    const answer = page.waitForResponse(/\/language$/);
    goOn();
    await (await answer).finished();
    await drawn(page);
    await page.evaluate(() => dispatchEvent(new Event('goes-on')));
    await page.waitForURL(`${stack().app}/`);
  });

  test('R7.6: of two languages that are chosen one after the other the second is shown', async () => {
    const page = await open({ locale: 'en' });
    await page.goto(`${stack().app}/login`);
    const { promise, resolve } = Promise.withResolvers<void>();
    await page.route(/\/language$/, async (route) => {
      if (!route.request().postData()?.includes('language=ja')) return route.continue();
      const response = await route.fetch();
      await promise;
      return route.fulfill({ response });
    });
    await page.getByRole('button', { name: '日本語' }).click();
    const second = page.waitForRequest((one) => one.postData()?.includes('language=zh') === true);
    await page.getByRole('button', { name: '中文' }).click();
    resolve();
    await (await (await second).response())!.finished();
    await page.locator('html[lang=zh]').waitFor();
    await page.waitForLoadState('networkidle');
    await drawn(page);
    expect(await page.locator('html').getAttribute('lang')).toBe('zh');
  });

  test('R7.5 C115: what became of a form is told although another language was chosen meanwhile', async () => {
    const page = await open({ locale: 'en' });
    await page.goto(`${stack().app}/login`);
    await page.fill('#login', 'hanako');
    await page.fill('#password', password);
    const { promise, resolve } = Promise.withResolvers<void>();
    await page.route(/\/login$/, async (route) => (await promise, route.abort()));
    await submit(page).click();
    await page.locator('form[aria-busy]').waitFor();
    await page.getByRole('button', { name: '日本語' }).click();
    await drawn(page);
    resolve();
    await page.getByText(noAnswer.en).waitFor();
    expect(await page.inputValue('#password')).toBe(password);
  });

  test('R7.5: whoever corrects a form while it is sent goes on typing when its mistakes are told', async () => {
    const page = await open({ locale: 'en' });
    await page.goto(`${stack().app}/login`);
    await page.fill('#login', 'hanak');
    await page.fill('#password', password);
    const goOn = await hold(page, /\/login$/, 'POST');
    await submit(page).click();
    await expect
      .poll(() => submit(page).evaluate((button) => getComputedStyle(button).cursor))
      .toBe('progress');
    await typeOn(page, '#login', 'o');
    goOn();
    await page.getByRole('alert').waitFor();
    await page.keyboard.type('san');
    expect(await page.inputValue('#login')).toBe('hanakosan');
  });

  test('R7.5: so does whoever types on before it is sent, while the browser’s key store is silent', async () => {
    const page = await open({ locale: 'en' });
    await page.addInitScript(() => (IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest));
    await page.clock.install();
    await page.goto(`${stack().app}/login`);
    await page.fill('#login', 'hanak');
    await page.fill('#password', password);
    await submit(page).click();
    await typeOn(page, '#login', 'o');
    await page.clock.runFor(5_000);
    await page.getByRole('alert').waitFor();
    await page.keyboard.type('san');
    expect(await page.inputValue('#login')).toBe('hanakosan');
  });

  test.each([504, 403, 200])(
    'R7.5 C115: a page of what stands before us (%i) takes the place of no form, and nothing typed is lost',
    async (status) => {
      const page = await open({ locale: 'en' });
      await page.goto(`${stack().app}/login`);
      await page.route(/\/login$/, (route) =>
        route.fulfill({
          status,
          contentType: 'text/html',
          body: '<h1>The request could not be satisfied</h1>',
        }),
      );
      await page.fill('#login', 'hanako');
      await page.fill('#password', password);
      await submit(page).click();
      await page.getByText(noAnswer.en).waitFor();
      expect(await page.inputValue('#password')).toBe(password);
    },
  );

  test('R7.5 C115: where a connection is gone without a word, that is said, and the same button sends it again', async () => {
    const page = await open({ locale: 'en' });
    await page.clock.install();
    await page.goto(`${stack().app}/login`);
    await page.fill('#login', 'nobody');
    await page.fill('#password', password);
    const goOn = await hold(page, /\/login$/, 'POST');
    const sent = () => page.waitForRequest((one) => one.method() === 'POST' && one.url().endsWith('/login'));
    const first = sent();
    await submit(page).click();
    await first;
    await page.clock.runFor(60_000);
    await page.getByText(noAnswer.en).waitFor();
    expect(await page.inputValue('#password')).toBe(password);
    const second = sent();
    await submit(page).click();
    await second;
    goOn();
  });

  test('R7.5 C115: where an answer begins and never ends, that is said too, and language and form can be sent again', async () => {
    const page = await open({ locale: 'en' });
    await page.clock.install();
    await page.addInitScript(() => {
      window.fetch = (_address, request) => {
        const body = new ReadableStream({
          start: (stream) =>
            request?.signal?.addEventListener('abort', () => stream.error(new Error('aborted'))),
        });
        return Promise.resolve(new Response(body, { headers: { 'content-type': 'text/html' } }));
      };
    });
    await page.goto(`${stack().app}/login`);
    await page.fill('#login', 'nobody');
    await page.fill('#password', password);
    await submit(page).click();
    await page.locator('main form[aria-busy]').waitFor();
    // A second press meanwhile sends nothing and shows no message.
    await page.clock.runFor(11_000);
    await submit(page).click();
    await drawn(page);
    expect(await page.locator('main form[aria-busy]').count()).toBe(1);
    await page.clock.runFor(60_000);
    await page.getByText(noAnswer.en).waitFor();
    expect(await page.locator('main form[aria-busy]').count()).toBe(0);
  });

  test('R7.5: what was wrong stays told where a language that was chosen before comes late', async () => {
    const page = await open({ locale: 'en' });
    await page.goto(`${stack().app}/login`);
    const { goOn } = await holdAnswers(page, /\/language$/, 'POST');
    const language = page.waitForResponse(/\/language$/);
    await page.getByRole('button', { name: '日本語' }).click();
    await page.fill('#login', 'nobody');
    await page.fill('#password', password);
    await submit(page).click();
    await page.getByRole('alert').waitFor();
    goOn();
    await (await language).finished();
    await drawn(page);
    expect(await page.getByRole('alert').count()).toBe(1);
  });

  test('R7.6: whoever has gone on to a link while a form was sent is brought to what was wrong', async () => {
    const page = await open({ locale: 'en' });
    await page.goto(`${stack().app}/login`);
    await page.fill('#login', 'nobody');
    await page.fill('#password', password);
    const goOn = await hold(page, /\/login$/, 'POST');
    await submit(page).click();
    await page.locator('main a').first().focus();
    goOn();
    await page.getByRole('alert').waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('alert');
  });

  test('C73 R7.5: an address that was typed full-width before the script ran gets through', async () => {
    const page = await open({ locale: 'en' });
    const goOn = await openBeforeScript(page, `${stack().app}/forgot`);
    await page.fill('#email', 'ｈａｎａｋｏ＠example.com');
    await page.locator('#email').blur();
    goOn();
    await expect.poll(() => page.inputValue('#email')).toBe('hanako@example.com');
  });

  test('R7.5: what was typed before the script ran is there again after a look elsewhere', async () => {
    const url = await link();
    const page = await open({ locale: 'en' });
    const goOn = await openBeforeScript(page, url);
    await page.fill('#username', 'early');
    goOn();
    await page.getByRole('button', { name: 'Show: Password' }).first().waitFor();
    await page.goto(`${stack().app}/login`);
    await page.goto(url);
    await expect.poll(() => page.inputValue('#username')).toBe('early');
  });

  test('R7.5: an address that the script puts where somebody is about to type does not mix with what they type', async () => {
    const page = await open({ locale: 'en' });
    await page.goto(`${stack().app}/login`);
    await page.fill('#login', 'old@example.com');
    await page.locator('#login').blur();
    const goOn = await openBeforeScript(page, `${stack().app}/forgot`);
    await page.focus('#email');
    goOn();
    await expect.poll(() => page.inputValue('#email')).toBe('old@example.com');
    await page.keyboard.type('new@example.com');
    expect(await page.inputValue('#email')).toBe('new@example.com');
  });

  test('R4.6: a page that the browser brings back finds out that its session is over', async () => {
    const guest = await register(stack(), await openInvite(stack(), admin));
    const page = await open({ locale: 'en' });
    await page.goto(`${stack().app}/login`);
    await page.fill('#login', guest.user.username);
    await page.fill('#password', password);
    const verified = page.waitForResponse(/\/v1\/sessions\/verify$/);
    await submit(page).click();
    await page.waitForURL(`${stack().app}/`);
    await verified;
    await send(stack(), 'DELETE', '/v1/sessions/others', { token: guest.session.token });
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
    await page.waitForURL(/\/login/);
  });
});
