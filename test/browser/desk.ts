import type { Page, Request } from 'playwright-core';
import type { Stack } from '#local/stack/running-stack.ts';
import { password, type SignedIn } from '../harness/people/people.ts';

const isCheck = (request: Request): boolean => request.url().endsWith('/v1/sessions/verify');

/**
 * Resolves when the next check of a page's session is over. A signed-in page makes one when it is loaded, and on a busy machine only
 * after everything else: until then it may still lead away from a page whose cookies a test has changed.
 */
export const nextCheck = (page: Page): Promise<unknown> =>
  Promise.race([page.waitForEvent('requestfinished', isCheck), page.waitForEvent('requestfailed', isCheck)]);

/** Signs an administrator in, in whatever language, and opens a page of theirs, which has made all calls that it makes by itself. */
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

/** Resolves when the page shows all that it has asked for, or that it could not be read. */
export const loaded = (page: Page): Promise<void> =>
  page.locator('#desk > .loading, .loading[role=status]').first().waitFor({ state: 'hidden' });

/** Answers yes to what an act asks. */
export const confirm = (page: Page, label: string): Promise<void> =>
  page.getByRole('dialog').getByRole('button', { name: label, exact: true }).click();
