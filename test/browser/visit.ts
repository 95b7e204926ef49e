import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { Browser, BrowserContextOptions, Dialog, Page } from 'playwright-core';
import { startChromium } from './chromium.ts';

/** An iPhone of 2022 and later. */
const phone = { width: 390, height: 844 };

/** The browser's own messages about 4xx, 5xx and lost answers, which tests provoke. */
const expected =
  /^Failed to load resource: (the server responded with a status of [45]|net::ERR_(FAILED|INTERNET_DISCONNECTED))/;

const pagesOf = (browser: Browser): Page[] => browser.contexts().flatMap((context) => context.pages());

/** Prints what the pages show after a failed test: a failure by chance is hard to repeat. */
async function showPages(browser: Browser): Promise<void> {
  for (const page of pagesOf(browser)) {
    const seen = await page.locator('body').ariaSnapshot({ timeout: 5_000 }).catch(String);
    console.error(`${page.url()}\n${seen}`);
  }
}

/**
 * Opens pages in a real browser, each in a context of its own, without cookies of another, at a phone's size and in
 * Japanese unless told otherwise. A test fails if any page complained: an exception, an error in the console, a breach
 * of the content security policy.
 */
export function useBrowser(): (options?: BrowserContextOptions) => Promise<Page> {
  let browser: Browser | undefined;
  const complaints: string[] = [];
  beforeAll(async () => {
    browser = await startChromium();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await showPages(browser!);
    // A closing page may repeat a request that the test answers in the server's place. The answer would come too late.
    await Promise.all(pagesOf(browser!).map((page) => page.unrouteAll({ behavior: 'ignoreErrors' })));
    await Promise.all(browser!.contexts().map((context) => context.close()));
    expect(complaints.splice(0)).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
  });
  return async (options) => {
    const context = await browser!.newContext({ viewport: phone, locale: 'ja', ...options });
    // A busy machine may take this long.
    context.setDefaultTimeout(60_000);
    context.on('console', (message) => {
      const isComplaint = message.type() === 'error' || message.type() === 'warning';
      if (isComplaint && !expected.test(message.text())) complaints.push(message.text());
    });
    context.on('weberror', (error) => complaints.push(String(error.error())));
    return context.newPage();
  };
}

/**
 * Deletes the browser's cookies, or only those named `name`. It leaves the page first: a signed-in person's page would
 * notice the loss and go to sign-in, which would interrupt the test's own navigation.
 */
export async function loseCookies(page: Page, name?: string): Promise<void> {
  await page.goto('about:blank');
  await page.context().clearCookies(name === undefined ? {} : { name });
}

/** Types into the fields of the page's form, by their labels, and sends it by its button. */
export async function fillIn(
  page: Page,
  fields: Readonly<Record<string, string>>,
  button: string,
): Promise<void> {
  for (const [label, value] of Object.entries(fields)) {
    await page.getByLabel(label, { exact: true }).fill(value);
  }
  await page.getByRole('button', { name: button, exact: true }).click();
}

/**
 * Changes the language of a signed-in person's page. The page reloads even if it has that language already, and loses any text
 * that was typed.
 */
export async function switchLanguage(page: Page, language: string): Promise<void> {
  const agree = (dialog: Dialog) => void dialog.accept();
  page.on('dialog', agree);
  const loaded = page.waitForEvent('load');
  await page.locator(`.languages button[value=${language}]`).click();
  await loaded;
  page.off('dialog', agree);
}

/** Opens the newest mail in the inbox and follows the button of its HTML, as a guest does. */
export async function followMail(page: Page, inbox: string, button: string): Promise<void> {
  await page.goto(inbox);
  await page.locator('ol li a').first().click();
  await page.frameLocator('iframe').getByRole('link', { name: button }).click();
}
