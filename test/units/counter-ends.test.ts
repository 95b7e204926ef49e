import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { dynamodb } from '#shared/aws/dynamodb.ts';
import { kms } from '#shared/aws/kms.ts';
import { day, hour, minute, second } from '#shared/clock.ts';
import type { Config } from '#shared/deployment/config.ts';
import { parseSettings } from '#shared/deployment/settings.ts';
import { lockout } from '#shared/guards/lockout.ts';
import { mailCountWrite } from '#shared/guards/mail-count.ts';
import { countRates } from '#shared/guards/rates.ts';
import { recogniseRepeats } from '#shared/guards/repeats.ts';
import { countTries } from '#shared/guards/tries.ts';

const now = Date.parse('2026-11-20T10:10:00Z');
const settings = parseSettings({ mailFrom: 'invites@example.com' });
const config = { settings, table: (name: string) => name, key: () => 'key' } as unknown as Config;
const lockMs = settings.lockMinutes * minute;

interface Write {
  input: { ExpressionAttributeValues?: { ':ttl'?: { N: string } }; Item?: { ttl: { N: string } } };
}
let ttls: number[] = [];
let refused: object | undefined;

beforeEach(() => {
  ttls = [];
  refused = undefined;
  vi.spyOn(kms, 'send').mockImplementation(() => Promise.resolve({ Mac: new Uint8Array(32) }));
  vi.spyOn(dynamodb, 'send').mockImplementation((({ input }: Write) => {
    ttls.push(Number((input.Item?.ttl ?? input.ExpressionAttributeValues?.[':ttl'])?.N));
    const $metadata = { attempts: 1 };
    if (!refused) return Promise.resolve({ Attributes: {}, $metadata });
    const Item = refused as never;
    refused = undefined;
    return Promise.reject(new ConditionalCheckFailedException({ message: 'refused', $metadata, Item }));
  }) as never);
});
afterEach(() => {
  vi.restoreAllMocks();
});

test.each([
  ['tries of a password', () => lockout.make(config).take('a', now), now + lockMs],
  ['failures of a password', () => lockout.make(config).failed('a', now), now + lockMs],
  [
    'wrong guesses',
    () => countTries.make(config).take('a', { limit: 5, windowMs: hour }, now),
    now + 50 * minute,
  ],
  ['calls', () => countRates.make(config).take('a', 5, hour, now), now + 50 * minute],
  ['repeats', () => recogniseRepeats.make(config).begin('a', 'b', {}, now), now + day],
])('C11 C24 C51: the store keeps a count of %s to the end of its window', async (_, count, end) => {
  await count();
  expect(ttls.length).toBe(1);
  expect(ttls[0]).toBeGreaterThanOrEqual(end / second);
});

test('C24: the store keeps the tries that begin anew after a lock to the end of the next one', async () => {
  refused = { tries: { N: '5' }, failures: { N: '5' }, takenAt: { N: '0' }, failedAt: { N: '0' } };
  await lockout.make(config).take('a', now);
  expect(ttls.length).toBe(2);
  expect(Math.min(...ttls)).toBeGreaterThanOrEqual((now + lockMs) / second);
});

test('C41 C98: the store keeps the count of a day’s mails to the end of the day', () => {
  const { Update } = mailCountWrite(config, 'a', 5, now);
  const end = Date.parse('2026-11-21T00:00:00Z') / second;
  expect(Update?.ExpressionAttributeValues?.[':ttl']).toBeGreaterThanOrEqual(end);
});
