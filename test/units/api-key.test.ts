import { expect, test } from 'vitest';
import { day } from '#shared/clock.ts';
import { changedKey, keyState, lastCharacters, termFrom, type ApiKey } from '#shared/vault/api-key.ts';

const now = 1_700_000_000_000;
const key = (changes: Partial<ApiKey> = {}): ApiKey => ({
  userId: 'owner',
  service: 'claude',
  ciphertext: new Uint8Array(),
  last4: 'last',
  active: true,
  createdAt: now,
  expiresAt: now + 30 * day,
  ...changes,
});

test('R1.2: three days before a key expires its owner is told, but not of one that lives no longer than that', () => {
  expect(termFrom(now, 30)).toEqual({ expiresAt: now + 30 * day, remindAt: now + 27 * day });
  expect(termFrom(now, 4)).toEqual({ expiresAt: now + 4 * day, remindAt: now + day });
  expect(termFrom(now, 3)).toEqual({ expiresAt: now + 3 * day });
});

test('R1.2: a key is expired from the millisecond on in which it expires', () => {
  const { expiresAt } = key();
  expect(keyState(key(), expiresAt - 1)).toBe('active');
  expect(keyState(key(), expiresAt)).toBe('expired');
  expect(keyState(key({ active: false }), expiresAt)).toBe('inactive');
});

test('R1.2: a key is known by its last four characters, and a short one by no more than a quarter', () => {
  expect(['a-key-of-its-owner', '12345678', '123456789ab', '123', ''].map(lastCharacters)).toEqual([
    'wner',
    '78',
    'ab',
    '',
    '',
  ]);
});

test('R1.2: a change keeps the reminder that is due and the one that was sent', () => {
  const due = { remindAt: now + 27 * day, reminder: 'due' } as const;
  const off = key({ active: false, remindAt: due.remindAt });
  expect(changedKey(key(due), {}, now + day, 30)).toEqual(key(due));
  expect(changedKey(key(due), { active: false }, now + day, 30)).toEqual(off);
  expect(changedKey(off, { active: true }, now + day, 30)).toEqual(key(due));
  expect(changedKey(key(), { active: true }, now + day, 30)).toEqual(key());
});
