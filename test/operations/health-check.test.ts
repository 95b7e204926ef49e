import { expect, test } from 'vitest';
import { sendEvent } from '../harness/stack/events.ts';
import { useStack } from '../harness/stack/stack.ts';

const stack = useStack();

test('200 R4.10: says that the store and the key service work', async () => {
  const { status, json } = await sendEvent(stack(), 'health-check');
  expect(status).toBe(200);
  expect(json).toEqual({ status: 'ok', checks: { store: 'ok', keys: 'ok' } });
});

test.each([
  ['dynamodb', 'store_unavailable'],
  ['kms', 'keys_unavailable'],
] as const)('503 R4.10: names %s when it does not answer', async (service, code) => {
  stack().faults([{ kind: 'error', service, times: 99 }]);
  const { status, json, headers } = await sendEvent(stack(), 'health-check');
  expect({ status, json }).toMatchObject({ status: 503, json: { code } });
  expect(headers['retry-after']).toBe('1');
});
