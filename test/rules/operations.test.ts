import { describe, expect, test } from 'vitest';
import { findOperations } from '#infra/operations.ts';
import { files, read } from './files.ts';

const entries = findOperations();

describe.each(entries.map(({ id }) => id))('%s', (id) => {
  test('R5.3: has a sample event, and a test named by its id that starts from it', () => {
    expect(files(`events/${id}.json`), `write events/${id}.json`).toHaveLength(1);
    const tests = files(`test/operations/${id}*.test.ts`);
    expect(tests, `write test/operations/${id}.test.ts`).not.toHaveLength(0);
    const inFull = tests.map(read).join('\n');
    expect(inFull).toMatch(new RegExp(`(sendEvent|readEvent)(<[^>]*>)?\\([^']*'${id}'`));
  });
});

test('there is no event of an operation that is gone', () => {
  const ids = entries.map(({ id }) => id).toSorted();
  const found = files('events/*.json').map((file) => file.slice('events/'.length, -'.json'.length));
  expect(found.toSorted()).toEqual(ids);
});
