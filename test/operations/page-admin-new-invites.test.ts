import { describe, test } from 'vitest';
import { testAdminPage } from '../harness/http/admin-pages.ts';
import { adminWithBrowser, expectPage } from '../harness/http/pages.ts';
import { useStack } from '../harness/stack/stack.ts';

testAdminPage('page-admin-new-invites', '/admin/invites/new', '招待する');

describe('where links are copied by hand', () => {
  const stack = useStack('copyLink');

  test('200: the page is told that no mail goes out', async () => {
    const { browser } = await adminWithBrowser(stack());
    const told = ['&quot;sendsMail&quot;:false', 'This deployment sends no mail'];
    expectPage(await browser.get('/admin/invites/new'), 200, ...told);
  });
});
