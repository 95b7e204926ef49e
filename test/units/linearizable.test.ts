import { describe, expect, test } from 'vitest';
import { History, linearize, showHistory, type Event, type Specification } from '../proof/linearizable.ts';

type Input = { write: number } | 'read';
type Output = number | 'done';

/** A register that holds one number. */
const register: Specification<number, Input, Output> = {
  initial: 0,
  step: (state, input, output) => {
    if (input !== 'read') return [input.write];
    return output === undefined || output === state ? [state] : [];
  },
};

/** An event from its request to its answer; unanswered without `output`. */
const event = (asked: number, answered: number, input: Input, output?: Output): Event<Input, Output> => ({
  input,
  output,
  asked,
  answered,
});
const holds = (...events: Event<Input, Output>[]): boolean => linearize(events, register) !== undefined;

describe('a history is linearizable', () => {
  test('where each event sees what was done before', () => {
    expect(holds(event(0, 1, { write: 1 }, 'done'), event(2, 3, 'read', 1))).toBe(true);
    expect(holds(event(0, 1, { write: 1 }, 'done'), event(2, 3, 'read', 0))).toBe(false);
  });

  test('where what happened at once has an order that explains all of it', () => {
    const write = event(0, 5, { write: 1 }, 'done');
    expect(holds(write, event(1, 2, 'read', 0), event(3, 4, 'read', 1))).toBe(true);
    expect(holds(write, event(1, 2, 'read', 1), event(3, 4, 'read', 0))).toBe(false);
  });

  test('where two who overlap agree with a third on who was first', () => {
    const writes = [event(0, 3, { write: 1 }, 'done'), event(1, 2, { write: 2 }, 'done')];
    expect(holds(...writes, event(4, 5, 'read', 1))).toBe(true);
    expect(holds(...writes, event(4, 5, 'read', 2))).toBe(true);
    expect(holds(...writes, event(4, 5, 'read', 2), event(6, 7, 'read', 1))).toBe(false);
    expect(holds(...writes, event(4, 5, 'read', 0))).toBe(false);
  });

  test('whether or not something happened whose answer was lost, even late, but not before it was asked', () => {
    const lost = event(2, Infinity, { write: 1 });
    expect(holds(lost, event(3, 4, 'read', 0))).toBe(true);
    expect(holds(lost, event(3, 4, 'read', 1))).toBe(true);
    expect(holds(lost, event(3, 4, 'read', 0), event(5, 6, 'read', 1))).toBe(true);
    expect(holds(lost, event(3, 4, 'read', 1), event(5, 6, 'read', 0))).toBe(false);
    expect(holds(lost, event(0, 1, 'read', 1))).toBe(false);
  });
});

test('a long history is searched quickly: places that are alike are visited once', () => {
  const reads = Array.from({ length: 12 }, (_, at) => event(at, 100 + at, 'read', 0));
  expect(holds(...reads, event(200, 201, 'read', 1))).toBe(false);
});

test('a history takes down who was answered before whom', async () => {
  const history = new History<Input, Output>();
  const { promise, resolve } = Promise.withResolvers<Output>();
  const slow = history.record({ write: 1 }, () => promise);
  await history.record('read', () => Promise.resolve(0));
  resolve('done');
  await slow;
  await history.record('read', () => Promise.resolve(undefined));
  expect(showHistory(history.events)).toBe(
    ['0-3: {"write":1} -> "done"', '1-2: "read" -> 0', '4-: "read" -> no answer'].join('\n'),
  );
});
