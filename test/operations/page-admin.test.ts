import { expect, test } from 'vitest';
import { sendEvent } from '../harness/stack/events.ts';
import { expectHead, expectPage, page, signedInVisitor, signIn } from '../harness/http/pages.ts';
import { useAdmin } from '../harness/stack/admin.ts';
import { openInvite } from '../harness/people/people.ts';

const { stack, admin } = useAdmin();

test('303 R4.1: leads administrators to their invites', async () => {
  const { cookies } = await signIn(stack(), admin.user.username);
  const answer = await sendEvent(stack(), 'page-admin', { cookies });
  expect(answer).toMatchObject({ status: 303, headers: { location: '/' } });
  await expectHead(stack(), '/admin', { cookies });
});

test.each([
  ['ja', '管理者権限が必要です'],
  ['zh', '需要管理员权限'],
  ['en', 'Administrator rights are required'],
])('303 R4.14: whoever is none is sent home and told so, and nothing else: %s', async (locale, says) => {
  const { cookies } = await signedInVisitor(stack(), await openInvite(stack(), admin));
  const asked = { cookies, language: locale };
  const { status, headers } = await page(stack(), '/admin', asked);
  expect(status).toBe(303);
  expectPage(await page(stack(), String(headers['location']), asked), 200, `role="alert">${says}</p>`);
  expect((await page(stack(), '/', asked)).text).not.toContain(says);
});

test('303 R4.6: whoever is not signed in is led to the login page, and back', async () => {
  const location = '/login?next=%2Fadmin';
  expect(await page(stack(), '/admin')).toMatchObject({ status: 303, headers: { location } });
});
