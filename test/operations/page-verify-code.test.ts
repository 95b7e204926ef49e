import { expect, test } from 'vitest';
import { sendEvent } from '../harness/stack/events.ts';
import { expectHead, expectPage, page, adminWithBrowser } from '../harness/http/pages.ts';
import { useStack } from '../harness/stack/stack.ts';
import { fieldsOf } from '../harness/http/visitor.ts';

const stack = useStack();

test('200 R2.5: asks who is signed in for the code, and others to sign in', async () => {
  const { cookies } = (await adminWithBrowser(stack())).browser;
  const answer = await sendEvent(stack(), 'page-verify-code', { cookies });
  expectPage(answer, 200, '確認コード', '確認する', 'action="/verify/code"', 'href="/verify"');
  expect(fieldsOf(answer.text)).toEqual({ flow: 'Zm9yZ290LWZsb3ctMTIzNA', code: '' });
  await expectHead(stack(), '/verify/x', { cookies });
  expect(await page(stack(), '/verify/x')).toMatchObject({
    status: 303,
    headers: { location: '/login?next=%2Fverify' },
  });
});
