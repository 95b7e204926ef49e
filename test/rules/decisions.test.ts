import { expect, test } from 'vitest';
import { files, read } from './files.ts';

const index = 'docs/decisions/README.md';

/** The cells of the index, row by row. */
const rows = [...read(index).matchAll(/^\| \d.*\|$/gm)].map(([row]) =>
  row
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim()),
);

/** Each record's own number, title and status. A superseded record says so below its title: `Superseded by 23.` */
const records = files('docs/decisions/0*.md').map((path) => {
  const text = read(path);
  const [, number = '', title = ''] = /^# (\d+)\. (.+)$/m.exec(text) ?? [];
  const [, successor] = /^\W*superseded\W+by\D*(\d+)/im.exec(text) ?? [];
  const status = successor === undefined ? 'accepted' : `superseded by ${successor}`;
  const file = path.slice('docs/decisions/'.length);
  return { file, number, cells: [number, `[${title}](${file})`, status] };
});

test.each(records)('$file is in the index with its own title and status', ({ cells }) => {
  const row = `| ${cells.join(' | ')} | what was decided, in one line |`;
  const found = rows.find(([number]) => number === cells[0]);
  expect(found?.slice(0, 3), `write in ${index}, and then run npm run format:\n${row}`).toEqual(cells);
  expect(found![3], `say in ${index} what was decided`).toMatch(/\w/);
});

test('the index has no other rows', () => {
  expect(rows.map(([number]) => number)).toEqual(records.map(({ number }) => number));
});

test('records are numbered in turn: of two with one number, the later one takes the next', () => {
  expect(records.map(({ file }) => Number(file.slice(0, 4)))).toEqual(records.map((_, place) => place + 1));
  expect(records.map(({ number }) => Number(number))).toEqual(records.map((_, place) => place + 1));
});
