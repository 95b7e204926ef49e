import { expect, test } from 'vitest';
import { read, source } from './files.ts';

const lineCount = (file: string): number => read(file).split('\n').length - 1;

test('no source file is longer than 200 lines, and the median is at most 60', () => {
  const lengths = source.map((file) => ({ file, lines: lineCount(file) }));
  expect(lengths.filter(({ lines }) => lines > 200)).toEqual([]);
  const sorted = lengths.map(({ lines }) => lines).toSorted((a, b) => a - b);
  expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(60);
});
test('the linter holds functions to 70 lines', () => {
  const { rules } = JSON.parse(read('.oxlintrc.json')) as { rules: Record<string, unknown> };
  expect(rules['max-lines-per-function']).toEqual(['error', { max: 70 }]);
});
