import type { Page, Request } from 'playwright-core';
import type { Stack } from '#local/stack/running-stack.ts';
import { signInByCookie } from '../harness/people/browsers.ts';
import type { SignedIn } from '../harness/people/people.ts';

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

/** Signs the page's browser in, without the form: its own tests are elsewhere, and it takes as long as the page itself. */
export async function signInBrowser(page: Page, stack: Stack, { user }: SignedIn): Promise<void> {
  const { session, device } = await signInByCookie(stack, user.username);
  const cookies = Object.entries({ '__Host-session': session, '__Host-device': device });
  // The browser takes a secure cookie for localhost, but the protocol sets it for https only. Cookies do not depend on the port.
  const attributes = { url: 'https://localhost/', secure: true, httpOnly: true, sameSite: 'Lax' as const };
  await page.context().addCookies(cookies.map(([name, value]) => ({ name, value, ...attributes })));
}

/** Signs an administrator in and opens one of their pages. Resolves after the calls that the page makes by itself. */
export async function openDesk(page: Page, stack: Stack, admin: SignedIn, path: string): Promise<Page> {
  await signInBrowser(page, stack, admin);
  const checked = nextCheck(page);
  await page.goto(`${stack.app}${path}`);
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
