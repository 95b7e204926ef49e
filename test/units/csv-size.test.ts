import { expect, test } from 'vitest';
import { bytesOfRow, csvAnswer, csvOfList, maxCsvRows, moreRows } from '#shared/http/csv.ts';
import { takeBytes } from '#shared/http/take-bytes.ts';

const csv = csvOfList('rows.csv', { shape: { id: 0, note: 0 } }, moreRows);
const answer = (items: object[], nextCursor: string | null = null) =>
  csvAnswer<{ items: object[]; nextCursor: string | null }>(
    csv,
    { items, nextCursor },
    '/rows',
    { format: 'csv', label: 'a b' },
    'en',
  );
const lines = ({ body }: { body: string }) => body.trimEnd().split('\r\n');

test('C75: a file ends with a word on what it does not hold, as a cell of the first column', () => {
  const items = [{ id: '1', note: '=1' }];
  const full = Array.from({ length: maxCsvRows }, (_, id) => ({ id, note: null }));
  expect(lines(answer(items))).toEqual(['id,note', "1,'=1"]);
  const more = answer(full, 'next');
  expect(lines(more).at(-1)).toBe(
    'There is more: this file ends after 10000 rows. Choose fewer by a filter.,',
  );
  expect(more.headers).toMatchObject({ link: '</rows?format=csv&label=a+b&cursor=next>; rel="next"' });
});

test('C75: a file that is not full says that there may be more, and asks for the filter that finds it', () => {
  const few = answer([{ id: '1', note: null }], 'next');
  expect(lines(few).slice(1)).toEqual([
    '1,',
    'There may be more: the search ended before the end of the list. Filter by the beginning of an address too.,',
  ]);
  expect(few.headers).toMatchObject({ link: '</rows?format=csv&label=a+b&cursor=next>; rel="next"' });
});

test('the longest list that its rows may make fits into an answer of Lambda, and says that it was cut', () => {
  const items = Array.from({ length: maxCsvRows }, (_, id) => ({ id, note: '長い"覚え書き"\n'.repeat(60) }));
  const cut = answer(items, 'next');
  expect(Buffer.byteLength(JSON.stringify(cut))).toBeLessThan(6_000_000);
  expect(Buffer.byteLength(JSON.stringify(cut))).toBeGreaterThan(5_000_000);
  expect(lines(cut).at(-1)).toMatch(/^There is more: this file ends after \d+ rows/);
  // A next page would begin after the list's last row, and so leave out the rows that were cut off.
  expect(cut.headers).not.toHaveProperty('link');
});

test('a row that fits just so is kept', () => {
  const length = Buffer.byteLength(JSON.stringify('a,b\r\n'));
  const rows = [
    ['a', 'b'],
    ['a', null],
  ];
  const fitting = (most: number) => takeBytes(rows, most, bytesOfRow);
  expect(fitting(length)).toEqual({ items: [['a', 'b']], isCut: true });
  expect(fitting(length - 1)).toEqual({ items: [], isCut: true });
  expect(fitting(2 * length)).toEqual({ items: rows, isCut: false });
});
