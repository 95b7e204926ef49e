import type { Page } from 'playwright-core';

/** Holds the requests whose address says it, until what it gives is called. */
export async function hold(page: Page, address: RegExp, method = 'GET'): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(address, async (route) => {
    if (route.request().method() === method) await promise;
    await route.continue();
  });
  return resolve;
}

/** Holds the answers: what they say was true when they were asked for. */
export async function holdAnswers(page: Page, address: RegExp, method = 'GET'): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(address, async (route) => {
    if (route.request().method() !== method) return route.continue();
    const response = await route.fetch();
    await promise;
    return route.fulfill({ response });
  });
  return resolve;
}

/** What came before this is drawn. */
export const drawn = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));

/** Types as a person does, key by key, at the end of a field. */
export async function typeOn(page: Page, field: string, text: string): Promise<void> {
  await page.focus(field);
  await page.keyboard.press('End');
  await page.keyboard.type(text);
}
