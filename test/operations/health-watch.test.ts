import { expect, test } from 'vitest';
import watchJob from '#functions/health/watch.ts';
import { createLog } from '#shared/aws/log.ts';
import { keyNames } from '#shared/deployment/keys.ts';
import { readEvent } from '../harness/stack/events.ts';
import { useStack } from '../harness/stack/stack.ts';

const stack = useStack();

/** The metrics that a run sends to CloudWatch, by name. */
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

test('R8.2 C63: a sender that SES has not verified, or does no longer, is told, and rings with mails that cannot go', async () => {
  const state = { sentInDay: 0, mostInDay: 200, mostInSecond: 1, isSandbox: true };
  const [told, counted]: [unknown[], string[]] = [[], []];
  const logger = { warn: (...line: unknown[]) => told.push(line) };
  const log = createLog({ logger, meter: (name: string) => counted.push(name) } as never);
  const run = (identity: string) =>
    watchJob.run({
      health: { both: () => Promise.resolve() },
      keys: { unusable: () => Promise.resolve([]) },
      sender: { state: () => Promise.resolve({ ...state, identity }) },
      settings: { mailFrom: 'invites@example.com' },
      clock: { now: Date.now },
      log,
    } as never);
  await run('Success');
  expect(told).toEqual([]);
  await run('Failed');
  expect(told).toEqual([['sender.unverified', { outcome: 'Failed' }]]);
  expect(counted.filter((name) => name === 'MailsUndelivered')).toHaveLength(1);
});
