import { beforeEach, expect, test } from 'vitest';
import { callsOf } from '../harness/stack/calls.ts';
import { sendEvent } from '../harness/stack/events.ts';
import { useStack } from '../harness/stack/stack.ts';

const stack = useStack();

const ask = () => sendEvent(stack(), 'health-check');
let begunAt: number;
beforeEach(() => void (begunAt = stack().clock.now()));
/** Makes the result that an instance keeps older. */
const later = (seconds: number) => stack().clock.standAt(begunAt + seconds * 1_000);

test('200 R4.10: says that the store and the key service work', async () => {
  const { status, json } = await ask();
  expect(status).toBe(200);
  expect(json).toEqual({ status: 'ok', checks: { store: 'ok', keys: 'ok' } });
});

test.each([
  ['dynamodb', 'store_unavailable', 20],
  ['kms', 'keys_unavailable', 40],
] as const)('503 R4.10: names %s when it does not answer', async (service, code, offsetSeconds) => {
  later(offsetSeconds);
  stack().faults([{ kind: 'error', service, times: 99 }]);
  const { status, json, headers } = await ask();
  expect({ status, json }).toMatchObject({ status: 503, json: { code } });
  expect(headers['retry-after']).toBe('1');
});

test('R8.4: an instance asks once in ten seconds, and repeats what it has found, well or not', async () => {
  for (const [offsetSeconds, times, status] of [
    [60, 0, 200],
    [80, 99, 503],
    [100, 0, 200],
  ] as const) {
    later(offsetSeconds);
    stack().faults([{ kind: 'error', service: 'kms', times: Math.max(1, times), nth: times ? 1 : 999 }]);
    expect((await ask()).status).toBe(status);
    stack().faults([]);
    later(offsetSeconds + 9);
    stack().clearCalls();
    expect((await ask()).status).toBe(status);
    expect(callsOf(stack(), 'health-check')).toEqual([]);
  }
});
