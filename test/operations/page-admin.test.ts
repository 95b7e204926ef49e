import { expect, test } from 'vitest';
import { testAdminPage } from '../harness/http/admin-pages.ts';
import { expectPage, page, signedInVisitor } from '../harness/http/pages.ts';
import { openInvite } from '../harness/people/people.ts';
import { useAdmin } from '../harness/stack/admin.ts';

const { stack, admin } = useAdmin();

testAdminPage('page-admin', '/admin', '概要');

test.each([
  ['ja', '管理者権限が必要です'],
  ['zh', '需要管理员权限'],
  ['en', 'Administrator rights are required'],
])(
  '303 R4.14: whoever is no administrator is told so at home, and nothing else: %s',
  async (locale, says) => {
    const { cookies } = await signedInVisitor(stack(), await openInvite(stack(), admin));
    const asked = { cookies, language: locale };
    const { status, headers } = await page(stack(), '/admin', asked);
    expect(status).toBe(303);
    expectPage(await page(stack(), String(headers['location']), asked), 200, `role="alert">${says}</p>`);
    expect((await page(stack(), '/', asked)).text).not.toContain(says);
  },
);
