import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startEngine, type Engine } from '#local/engine/engine.ts';
import type { Stack } from '#local/stack/running-stack.ts';
import { callAws, enginesHere, startFixture } from './fixture.ts';

let stack: Stack;
let prefix = '';

/** Writes rows that pass the mapping's filter. `fails` is how often the function refuses the row. */
const write = async (...rows: { pk: string; fails?: number; kind?: string }[]) => {
  for (const { pk, fails, kind = 'job' } of rows) {
    const Item = { pk: { S: pk }, kind: { S: kind }, ...(fails && { fails: { N: String(fails) } }) };
    expect(
      await callAws(stack, 'dynamodb', 'putItem', { TableName: `${prefix}events`, Item }),
    ).not.toHaveProperty('error');
  }
};

interface Row {
  pk: { S: string };
  tries?: { N: string };
}

/** How often each row was handed to the function. */
const tries = async () => {
  const rows = ((await stack.dumpTables())['events'] ?? []) as Partial<Row>[] as Row[];
  const taken = rows.filter(({ pk }) => pk.S.startsWith('taken '));
  return Object.fromEntries(taken.map(({ pk, tries: count }) => [pk.S.slice(6), Number(count?.N)]));
};

describe.each(await enginesHere())('on %s', (store) => {
  let engine: Engine;
  let count = 0;
  beforeAll(async () => void (engine = await startEngine({ store })));
  afterAll(() => engine.stop());
  beforeEach(async () => {
    prefix = `run${(count += 1)}-`;
    stack = await startFixture({ store: engine.url, prefix });
  });
  afterEach(() => stack.stop());

  describe('a stream', () => {
    test('hands new rows to its function, each once', async () => {
      await write({ pk: 'a' }, { pk: 'b' }, { pk: 'c' });
      await stack.settle();
      expect(await tries()).toEqual({ a: 1, b: 1, c: 1 });
    });

    test('leaves out what the filter does not match', async () => {
      await write({ pk: 'a' }, { pk: 'b', kind: 'other' }, { pk: 'a' });
      await stack.settle();
      expect(await tries()).toEqual({ a: 1 });
    });

    test('goes on from the row that failed, until it succeeds', async () => {
      await write({ pk: 'a' }, { pk: 'b', fails: 2 }, { pk: 'c' });
      await stack.settle();
      const { b, c } = await tries();
      expect(b).toBe(3);
      // Once, or three times if it was in the failing row's batch.
      expect([1, 3]).toContain(c);
    });

    test('gives a row up after the last retry, says so, and takes the next', async () => {
      await write({ pk: 'a', fails: 99 }, { pk: 'b' });
      await stack.settle();
      const { a, b } = await tries();
      expect(a).toBe(4);
      expect(b).toBeGreaterThanOrEqual(1);
      expect(stack.logs().map(({ text }) => text)).toContainEqual(
        expect.stringMatching(/events were given up/),
      );
    });

    test('is tried again after an error of the function, in halves', async () => {
      stack.faults([{ kind: 'error', action: 'UpdateItem', nth: 1, times: 3 }]);
      await write({ pk: 'a' }, { pk: 'b' });
      await stack.settle();
      expect(Object.keys(await tries()).sort()).toEqual(['a', 'b']);
    });
  });

  describe('a schedule', () => {
    const runs = () => stack.calls().filter(({ action }) => action === 'PutItem').length;

    test('runs when the clock passes its time, once for a long jump', async () => {
      stack.clock.offsetSeconds = 200;
      await stack.settle();
      expect(runs()).toBe(0);
      stack.clock.offsetSeconds = 301;
      await stack.settle();
      expect(runs()).toBe(1);
      stack.clock.offsetSeconds = 86_400;
      await stack.settle();
      expect(runs()).toBe(2);
      const { events } = await stack.dumpTables();
      expect(events?.map(({ pk }) => pk)).toContainEqual({
        S: expect.stringMatching(/^schedule \d{4}-.*:\d\dZ$/),
      });
    });

    test('does not wait longer than its period after a jump back', async () => {
      stack.clock.offsetSeconds = -86_400;
      stack.clock.offsetSeconds = -86_400 + 301;
      await stack.settle();
      expect(runs()).toBe(1);
    });
  });
});
