import { expect, test } from 'vitest';
import { keyNames } from '#shared/deployment/keys.ts';
import { readEvent } from '../harness/stack/events.ts';
import { useStack } from '../harness/stack/stack.ts';

const stack = useStack();

/** What a run tells CloudWatch, by metric. */
async function watch(offsetSeconds: number): Promise<Record<string, number>> {
  stack().clock.offsetSeconds = offsetSeconds;
  const before = stack().metrics().length;
  await stack().invoke('health-watch', readEvent('health-watch'));
  const own = stack()
    .metrics()
    .slice(before)
    .filter(({ namespace }) => namespace === 'Latchkey');
  for (const { dimensions } of own) expect(dimensions).toEqual({ service: 'latchkey' });
  return Object.fromEntries(own.map(({ name, value }) => [name, value]));
}

test('R8.2: tells that all is well too, so that its silence can be noticed', async () => {
  expect(await watch(0)).toEqual({ KeysUnusable: 0, MailQuotaUsed: 0 });
  const asked = stack()
    .calls()
    .filter(({ action, ...call }) => action === 'DescribeKey' && call.function === 'health-watch');
  expect(new Set(asked.flatMap(({ resources }) => resources))).toEqual(
    new Set(keyNames.map((name) => `key/${name}`)),
  );
});

test('R8.2: without a store it tells of the outage, and of everything else', async () => {
  stack().faults([{ kind: 'error', service: 'dynamodb', function: 'health-watch', times: 99 }]);
  expect(await watch(20)).toEqual({ Outages: 1, KeysUnusable: 0, MailQuotaUsed: 0 });
});

test('R8.2: while KMS does not answer, it says nothing of the keys', async () => {
  stack().faults([{ kind: 'error', service: 'kms', function: 'health-watch', times: 99 }]);
  expect(await watch(40)).toEqual({ Outages: 1, MailQuotaUsed: 0 });
});

test('R8.2 C63: what SES does not answer once is asked again', async () => {
  for (const [tried, action] of ['GetSendQuota', 'GetIdentityVerificationAttributes'].entries()) {
    stack().faults([{ kind: 'lost', service: 'ses', action, function: 'health-watch' }]);
    expect(await watch(60 + tried)).toEqual({ KeysUnusable: 0, MailQuotaUsed: 0 });
  }
});
