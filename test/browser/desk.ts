import type { Page, Request } from 'playwright-core';
import type { Stack } from '#local/stack/running-stack.ts';
import { password, type SignedIn } from '../harness/people/people.ts';

const isCheck = (request: Request): boolean => request.url().endsWith('/v1/sessions/verify');

/**
 * Resolves when the page's next check of its session has ended. A signed-in page makes one after loading, on a busy machine after
 * all its other calls. Until then the page may lead away by itself if a test has changed its cookies.
 */
export const nextCheck = (page: Page): Promise<void> =>
  new Promise((resolve) => {
    const look = (request: Request) => {
      if (!isCheck(request)) return;
      page.off('requestfinished', look).off('requestfailed', look);
      resolve();
    };
    page.on('requestfinished', look).on('requestfailed', look);
  });

/** Signs an administrator in, in any language, and opens one of their pages. Resolves after the calls that the page makes by itself. */
export async function openDesk(page: Page, stack: Stack, { user }: SignedIn, path: string): Promise<Page> {
  const checked = nextCheck(page);
  await page.goto(`${stack.app}/login?next=${encodeURIComponent(path)}`);
  await page.fill('#login', user.username);
  await page.fill('#password', password);
  await page.locator('main form > button').first().click();
  await page.waitForURL(`${stack.app}${path}`);
  await page.locator('#desk > .loading').waitFor({ state: 'hidden' });
  await checked;
  return page;
}

/** Resolves when the page has loaded its data, or shows that it could not. */
export const loaded = (page: Page): Promise<void> =>
  page.locator('#desk > .loading, .loading[role=status]').first().waitFor({ state: 'hidden' });

/** Confirms an action in its dialog. */
export const confirm = (page: Page, label: string): Promise<void> =>
  page.getByRole('dialog').getByRole('button', { name: label, exact: true }).click();
