import { expect, test } from 'vitest';
import { sendEvent } from '../harness/stack/events.ts';
import { expectHead, expectPage } from '../harness/http/pages.ts';
import { useStack } from '../harness/stack/stack.ts';
import { fieldsOf, Visitor } from '../harness/http/visitor.ts';

const stack = useStack();

test('200 R3.3: says what moving is, asks where to mail the code, and stores nothing', async () => {
  const answer = await sendEvent(stack(), 'page-move');
  expectPage(answer, 200, 'この端末への移行', '元の端末はログアウトされます', 'コードを送る');
  expect(Object.keys(fieldsOf(answer.text))).toEqual(['email']);
  await expectHead(stack(), '/move');
  expect(stack().calls()).toEqual([]);
});

test('303 R3.3: leads whoever asks to a page of their own', async () => {
  const visitor = new Visitor(stack());
  const answer = await visitor.submit(await visitor.get('/move'), '/move', { email: 'no@example.com' });
  expect(answer).toMatchObject({ status: 303, text: '' });
  expect(answer.headers['location']).toMatch(/^\/move\/[\w-]{22,}$/);
});

test('422 R2.9: what is no address is said at its field', async () => {
  expectPage(await new Visitor(stack()).post('/move', { email: '' }), 422, 'role="alert"');
});
