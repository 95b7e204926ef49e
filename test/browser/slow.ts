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

interface HeldAnswers {
  /** Resolves when the server has given the first answer: what is done from then on is not in it. */
  isGiven: Promise<void>;
  /** Lets the page have the answers. */
  goOn(): void;
}

/** Holds answers back from the page. Each is fetched at once, and so tells the state at its request. */
export async function holdAnswers(page: Page, address: RegExp, method = 'GET'): Promise<HeldAnswers> {
  const given = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  await page.route(address, async (route) => {
    if (route.request().method() !== method) return route.continue();
    const response = await route.fetch();
    given.resolve();
    await held.promise;
    return route.fulfill({ response });
  });
  return { isGiven: given.promise, goOn: held.resolve };
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
