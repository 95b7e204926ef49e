import { describe, expect, test } from 'vitest';
import { sendEvent } from '../harness/stack/events.ts';
import { expectHead, expectPage, page } from '../harness/http/pages.ts';
import { useStack } from '../harness/stack/stack.ts';
import { fieldsOf, Visitor } from '../harness/http/visitor.ts';

describe('where mail goes out', () => {
  const stack = useStack();

  test('200 R2.6: asks where to mail the code, and stores nothing', async () => {
    const answer = await sendEvent(stack(), 'page-forgot');
    expectPage(answer, 200, 'パスワードの再設定', 'コードを送る', 'href="/login"');
    expect(Object.keys(fieldsOf(answer.text))).toEqual(['email']);
    await expectHead(stack(), '/forgot');
    expect(stack().calls()).toEqual([]);
    expectPage(await page(stack(), '/login'), 200, 'href="/forgot"');
  });

  test('303 R2.6 C26: leads whoever asks to a page of their own, whether there is an account or not', async () => {
    const visitor = new Visitor(stack());
    const answer = await visitor.submit(await visitor.get('/forgot'), '/forgot', { email: 'no@example.com' });
    expect(answer).toMatchObject({ status: 303, text: '' });
    expect(answer.headers['location']).toMatch(/^\/forgot\/[\w-]{22,}$/);
    expectPage(await visitor.get(String(answer.headers['location'])), 200, 'a code is on its way to it');
  });

  test('422 R2.9: what is no address is said at its field, and kept there', async () => {
    const visitor = new Visitor(stack());
    const answer = await visitor.post('/forgot', { email: 'no address' });
    expectPage(answer, 422, 'name@example.com', 'role="alert"', 'value="no address"');
  });
});

describe('where no mail goes out', () => {
  const stack = useStack('copyLink');

  test('200: says whom to ask, and has no form', async () => {
    for (const path of ['/forgot', '/move']) {
      const answer = await page(stack(), path);
      expectPage(answer, 200, 'Ask an administrator');
      expect(answer.text).not.toMatch(/<main[^]*<form/);
    }
  });
});
