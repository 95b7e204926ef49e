import { expect, test } from 'vitest';
import { readEvent } from '../harness/stack/events.ts';
import { useStack } from '../harness/stack/stack.ts';

const stack = useStack('plain', { fresh: true });
const numbers = async () =>
  ((await stack().dumpTables())['signers'] ?? []).map((row) => (row['number'] as { N: string }).N);

test('makes the first key, and no second one until it is due', async () => {
  await stack().invoke('key-rotate', readEvent('key-rotate'));
  await stack().invoke('key-rotate', readEvent('key-rotate'));
  expect(await numbers()).toEqual(['1']);
});

test('a deployment that slept for months has a key again, and its successor in time', async () => {
  stack().clock.offsetSeconds = 200 * 86_400;
  await stack().invoke('key-rotate');
  expect((await numbers()).toSorted()).toEqual(['1', '2']);
});

test('C63: a lost answer or a conflict makes no second key of one turn', async () => {
  for (const [turn, kind] of (['lost', 'conflict', 'throttle'] as const).entries()) {
    const before = (await numbers()).length;
    stack().clock.offsetSeconds = (1_000 + turn * 100) * 86_400;
    stack().faults([{ kind, table: 'signers', action: 'TransactWriteItems' }]);
    await stack().invoke('key-rotate');
    stack().faults([]);
    await stack().invoke('key-rotate');
    expect((await numbers()).length - before, kind).toBe(1);
  }
});

test('clocks that were put back find a key as well, and one only', async () => {
  const before = (await numbers()).length;
  stack().clock.offsetSeconds = -100 * 86_400;
  await stack().invoke('key-rotate');
  await stack().invoke('key-rotate');
  expect(await numbers()).toHaveLength(before + 1);
});
