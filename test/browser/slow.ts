import type { Page } from 'playwright-core';

/** Holds requests to matching addresses until the returned function is called. */
export async function hold(page: Page, address: RegExp, method = 'GET'): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(address, async (route) => {
    if (route.request().method() === method) await promise;
    await route.continue();
  });
  return resolve;
}

/** Holds answers until the returned function is called. Each is fetched at once, and so tells the state at its request. */
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

/** Resolves when all earlier changes to the page are drawn. */
export const drawn = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));

/** Types as a person does, key by key, at the end of a field. */
export async function typeOn(page: Page, field: string, text: string): Promise<void> {
  await page.focus(field);
  await page.keyboard.press('End');
  await page.keyboard.type(text);
}
