import { beforeAll, expect, test } from 'vitest';
import { openInvite } from '../people/people.ts';
import { useAdmin } from '../stack/admin.ts';
import { sendEvent } from '../stack/events.ts';
import { expectHead, expectPage, page, signedInVisitor, signInByForm } from './pages.ts';
import type { Visitor } from './visitor.ts';

/**
 * Tests what holds for every administrators' page.
 * @param path the page's path, which its sample event requests.
 * @param title its heading in Japanese.
 * @returns the administrator's browser, for tests of this page only.
 */
export function testAdminPage(id: string, path: string, title: string): () => Visitor {
  const { stack, admin } = useAdmin();
  let browser: Visitor;
  beforeAll(async () => {
    browser = await signInByForm(stack(), admin.user.username);
  });

  test('200 R7.1: is a shell in the frame of all sections', async () => {
    const { cookies } = browser;
    const answer = await sendEvent(stack(), id, { cookies });
    const sections = ['/account', '/admin/invites', '/admin/people'].map((section) => `href="${section}"`);
    expectPage(answer, 200, `<h1>${title}</h1>`, 'JavaScript', '/assets/admin.js', ...sections);
    await expectHead(stack(), path, { cookies });
  });

  test('303 R4.14: whoever is no administrator is sent home', async () => {
    const { cookies } = await signedInVisitor(stack(), await openInvite(stack(), admin));
    const { status, headers } = await page(stack(), path, { cookies });
    expect({ status, to: headers['location'] }).toEqual({ status: 303, to: '/?notice=forbidden' });
  });

  test('303 C94: an administrator whose mailbox is not proven is led to where it is proven', async () => {
    const token = await openInvite(stack(), admin, { role: 'admin' });
    const { cookies } = await signedInVisitor(stack(), token);
    const { status, headers } = await page(stack(), path, { cookies });
    expect({ status, to: headers['location'] }).toEqual({ status: 303, to: '/verify' });
  });

  test('303 R4.6: whoever is not signed in is led to the login page, and back', async () => {
    const location = `/login?next=${encodeURIComponent(path)}`;
    expect(await page(stack(), path)).toMatchObject({ status: 303, headers: { location } });
  });
  return () => browser;
}
