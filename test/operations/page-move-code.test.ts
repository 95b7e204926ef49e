import { expect, test } from 'vitest';
import { sendEvent } from '../harness/stack/events.ts';
import { expectHead, expectPage } from '../harness/http/pages.ts';
import { useStack } from '../harness/stack/stack.ts';
import { fieldsOf } from '../harness/http/visitor.ts';

const stack = useStack();

test('200 R3.3: asks for the code and the password, has a place for the new key, and stores nothing', async () => {
  const answer = await sendEvent(stack(), 'page-move-code');
  expectPage(answer, 200, '確認コード', 'この端末を使う', 'action="/login"', 'data-make', 'data-now="');
  expect(Object.keys(fieldsOf(answer.text))).toEqual([
    'deviceId',
    'deviceKey',
    'proof',
    'flow',
    'code',
    'login',
    'password',
  ]);
  await expectHead(stack(), '/move/x');
  // The only call reads whether the mail was refused.
  expect(
    new Set(
      stack()
        .calls()
        .map(({ action }) => action),
    ),
  ).toEqual(new Set(['GetItem']));
});
