import { expect, test } from 'vitest';
import { sendEvent } from '../harness/stack/events.ts';
import { expectHead, expectPage, page } from '../harness/http/pages.ts';
import { useStack } from '../harness/stack/stack.ts';
import { fieldsOf, Visitor } from '../harness/http/visitor.ts';

const stack = useStack();

test('200 R2.6: asks for the code and the new password, and stores nothing', async () => {
  const answer = await sendEvent(stack(), 'page-reset');
  expectPage(answer, 200, '確認コード', '有効期限は30分です', '英数字6文字', 'autocomplete="one-time-code"');
  const fields = fieldsOf(answer.text);
  expect(Object.keys(fields)).toEqual(['email', 'flow', 'code', 'password', 'passwordRepeat']);
  expect(fields['flow']).toBe('Zm9yZ290LWZsb3ctMTIzNA');
  await expectHead(stack(), '/forgot/x');
  // It looks whether the mail was refused.
  expect(
    new Set(
      stack()
        .calls()
        .map(({ action }) => action),
    ),
  ).toEqual(new Set(['GetItem']));
});

test('200 R4.11: what stands in the address is shown as text, never as markup', async () => {
  const answer = await page(stack(), `/forgot/${encodeURIComponent('"><script>alert(1)</script>')}`);
  expectPage(answer, 200);
  expect(answer.text).not.toContain('<script>alert');
});

test('422 R1.7: the new password too is typed twice without scripts; the code that was typed stays', async () => {
  const form = { email: 'a@example.com', flow: 'x', code: 'ABC123', password: 'correct horse' };
  const answer = await new Visitor(stack()).post('/forgot/code', {
    ...form,
    passwordRepeat: 'correct house',
  });
  expectPage(answer, 422, 'The two passwords differ');
  expect(fieldsOf(answer.text)).toMatchObject({ code: 'ABC123', email: 'a@example.com', password: '' });
});

test('422: no flow is as long as this', async () => {
  expectPage(await page(stack(), `/forgot/${'x'.repeat(65)}`), 422);
});
