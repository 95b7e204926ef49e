import { expect, test } from 'vitest';
import { expectHead } from '../harness/http/pages.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { useStack } from '../harness/stack/stack.ts';

const stack = useStack();

test('303 R7.5: leads a password manager to the form that changes the password', async () => {
  const answer = await sendEvent(stack(), 'page-change-password');
  expect(answer).toMatchObject({ status: 303, headers: { location: '/account#password' } });
  await expectHead(stack(), '/.well-known/change-password');
});
