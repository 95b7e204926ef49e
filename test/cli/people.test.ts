import { expect, test } from 'vitest';
import { chunksOf, knownOf } from '#cli/invites/chunks.ts';
import { readCsv } from '#cli/files/csv.ts';
import { csvLine } from '#shared/csv.ts';
import { parsePeople } from '#cli/invites/people.ts';

const fieldsOf = (text: string) => readCsv(text).records.map(({ fields }) => fields);

test.each<[string, string, string[][]]>([
  [
    'LF',
    'a,b\nc,d\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'CRLF, and no end of the last line',
    'a,b\r\nc,d',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['commas, quotation marks and lines in quotation marks', '"a,""b""\nc",d', [['a,"b"\nc', 'd']]],
  [
    'empty fields',
    ',\n"",x,',
    [
      ['', ''],
      ['', 'x', ''],
    ],
  ],
  ['blank lines', 'a\n\n\r\nb\n', [['a'], ['b']]],
])('RFC 4180: %s', (_, text, fields) => {
  expect(readCsv(text).mistakes).toEqual([]);
  expect(fieldsOf(text)).toEqual(fields);
});

test('what is written is read again', () => {
  const fields = ['plain', 'a,b', 'say "x"', 'two\nlines', ''];
  expect(fieldsOf(csvLine(fields))).toEqual([fields]);
});

test('lines are counted through quoted lines, and a mistake does not hide the next', () => {
  const { records, mistakes } = readCsv('a\n"two\nlines"\nb"c\n"d"e\nf\n"open');
  expect(records.map(({ line }) => line)).toEqual([1, 2, 6]);
  expect(mistakes.map(({ line }) => line)).toEqual([4, 5, 7]);
});

test('columns come in any order, and say what they may', () => {
  const { people, mistakes } = parsePeople(
    'Note, days ,EMAIL,role,locale\n"Tester, Osaka",never,a@example.com,admin,ja\n,30, b@example.com ,,\n',
  );
  expect(mistakes).toEqual([]);
  expect(people).toEqual([
    {
      line: 2,
      email: 'a@example.com',
      wish: { note: 'Tester, Osaka', expiresInDays: null, role: 'admin', locale: 'ja' },
    },
    { line: 3, email: 'b@example.com', wish: { expiresInDays: 30 } },
  ]);
});

test.each([
  ['', ['1: there is nothing in it']],
  ['email\n', ['2: there is nobody in it']],
  ['a@example.com\n', ['1: the first line names the columns', '1: there is no column a@example.com']],
  [
    'email,roel\n',
    ['1: there is no column roel: they are email, role, note, locale, days. Did you mean role?'],
  ],
  ['email,Email\n', ['1: the column email is there twice']],
  [
    'email,role,note,locale,days\na@example.com,boss,,fr,0\n,,"two\nlines",,\nb@example.com,,,,,x\n',
    ['2: role', '2: locale', '2: days', '3: note', '3: email is empty', '5: 6 fields'],
  ],
])('mistakes are told with their lines: %j', (text, starts) => {
  const told = parsePeople(text).mistakes.map((one) => `${one.line}: ${one.text}`);
  expect(told.map((one, at) => one.slice(0, starts[at]?.length))).toEqual(starts);
});

const { people } = parsePeople(
  [
    'email,locale',
    ...Array.from({ length: 150 }, (_, at) => `p${at}@example.com,${at % 3 ? 'ja' : ''}`),
  ].join('\n'),
);

test('C51: the same people make the same requests, of at most 100, with the same wishes in each', () => {
  const chunks = chunksOf(people, { send: false });
  expect(chunks).toEqual(chunksOf(people, { send: false }));
  expect(chunks.map((chunk) => chunk.people.length)).toEqual([50, 100]);
  expect(chunks[1]).toMatchObject({
    wish: { locale: 'ja', send: false, emails: { length: 100 } },
  });
  // An edited file asks anew for what was edited, and not by the name of another request.
  const edited = chunksOf(people.with(0, { ...people[0]!, email: 'other@example.com' }), { send: false });
  expect(edited.map(({ name }, at) => name === chunks[at]!.name)).toEqual([false, true]);
  expect(chunksOf(people.filter(({ wish }) => wish.locale).concat(people.slice(0, 3)), {})).toHaveLength(3);
});

test('duplicates and what is no address need no request', () => {
  const rows = parsePeople('email\na@example.com\n A@Example.com\nnone\nnone\n*@example.com\n').people;
  expect([...knownOf(rows)]).toEqual([
    [3, 'duplicate'],
    [4, 'bad_address'],
    [5, 'bad_address'],
    [6, 'bad_address'],
  ]);
  expect(knownOf(rows, 'domain').has(6)).toBe(false);
});
