import type { Page } from 'playwright-core';
import type { Stack } from '#local/stack/running-stack.ts';
import { password, type SignedIn } from '../harness/people/people.ts';

/** Signs an administrator in, in whatever language, and opens a page of theirs. */
export async function openDesk(page: Page, stack: Stack, { user }: SignedIn, path: string): Promise<Page> {
  await page.goto(`${stack.app}/login?next=${encodeURIComponent(path)}`);
  await page.fill('#login', user.username);
  await page.fill('#password', password);
  await page.locator('main form > button').first().click();
  await page.waitForURL(`${stack.app}${path}`);
  await page.locator('#desk > .loading').waitFor({ state: 'hidden' });
  return page;
}

/** Resolves when the page shows all that it has asked for, or that it could not be read. */
export const loaded = (page: Page): Promise<void> =>
  page.locator('#desk > .loading, .loading[role=status]').first().waitFor({ state: 'hidden' });

/** Answers yes to what an act asks. */
export const confirm = (page: Page, label: string): Promise<void> =>
  page.getByRole('dialog').getByRole('button', { name: label, exact: true }).click();
