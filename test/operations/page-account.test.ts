import { beforeAll, expect, test } from 'vitest';
import { boundVisitor } from '../harness/people/bound.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { adminWithBrowser, expectHead, expectPage, page } from '../harness/http/pages.ts';
import { useStack } from '../harness/stack/stack.ts';

const stack = useStack();
let own: Awaited<ReturnType<typeof adminWithBrowser>>;
beforeAll(async () => {
  own = await adminWithBrowser(stack());
});

test('200 R1.7 R7.4 C69: is a shell; a bound one does not name its owner', async () => {
  const { admin, browser } = own;
  const { cookies } = browser;
  const answer = await sendEvent(stack(), 'page-account', { cookies });
  expectPage(answer, 200, 'プロフィール', 'data-view="account"', '/assets/member.js', 'JavaScript');
  expect(answer.text).not.toContain('data-session');
  await expectHead(stack(), '/account', { cookies });
  expectPage(await browser.get('/'), 200, 'href="/account"');

  const { visitor, who } = await boundVisitor(stack(), admin);
  const bound = await visitor.get('/account');
  expectPage(bound, 200, 'data-session="', 'id="other-device"');
  expect(bound.text).not.toContain(who.username);
  expect(bound.text).not.toContain(who.email);
});

test.each([
  ['en', 'Sessions ended', 'All sessions ended'],
  ['ja', 'セッションを終了', 'すべてのセッションを終了'],
  ['zh', '终止会话', '终止所有会话'],
])(
  '200 R7.4 R4.13: an administrator’s end of one session is not called the end of all, in %s',
  async (language, said, all) => {
    const { cookies } = own.browser;
    const { text } = await page(stack(), '/account', { cookies, language });
    expect([said, all].map((words) => text.includes(words))).toEqual([true, false]);
  },
);

test('303 R4.6: whoever is not signed in is led to the login page, and back', async () => {
  const location = '/login?next=%2Faccount';
  expect(await page(stack(), '/account')).toMatchObject({ status: 303, headers: { location } });
});
