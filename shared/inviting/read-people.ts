import { emailIn, emailsIn } from '../mail/mailbox.ts';
import { textOfCell } from '../table/csv.ts';
import type { CsvRecord, Mistake } from '../table/read-csv.ts';
import { readTable } from '../table/read-table.ts';
import {
  columnNames,
  columnOf,
  columnsOf,
  mistypedColumn,
  readCell,
  type CellMistake,
  type ColumnName,
  type Wish,
} from './people-columns.ts';
import type { TableMistakeName } from './table-texts.ts';

/** A person to invite. */
export interface Person {
  line: number;
  /** As it is written, without blanks and a name around it. */
  email: string;
  wish: Wish;
}

export interface People {
  people: Person[];
  /** Names of columns that Latchkey does not know. */
  ignored: string[];
  mistakes: Mistake<TableMistakeName>[];
}

function headMistakes(
  { line, fields }: CsvRecord,
  named: readonly (ColumnName | undefined)[],
): Mistake<TableMistakeName>[] {
  const mistakes = fields.flatMap((cell, at): CellMistake[] => {
    const column = named[at];
    const name = cell.trim();
    if (column === undefined) {
      const near = mistypedColumn(name);
      return near === undefined ? [] : [{ name: 'mistypedColumn', values: { name, near } }];
    }
    return named.indexOf(column) < at ? [{ name: 'columnTwice', values: { column } }] : [];
  });
  if (!named.includes('email') && mistakes.length === 0)
    mistakes.push({ name: 'noEmailColumn', values: { columns: columnNames.join(', ') } });
  return mistakes.map((mistake) => ({ line, ...mistake }));
}

function readPerson(
  { line, fields }: CsvRecord,
  head: readonly string[],
  columns: readonly (ColumnName | undefined)[],
): { person: Person; mistakes: Mistake<TableMistakeName>[] } {
  const person: Person = { line, email: '', wish: {} };
  const mistakes: CellMistake[] = [];
  if (fields.length > head.length)
    mistakes.push({ name: 'extraFields', values: { count: fields.length, named: head.length } });
  for (const [at, text] of fields.slice(0, head.length).entries()) {
    const cell = textOfCell(text.trim());
    const column = columns[at];
    // A cell below no name is most likely the rest of a cell that should be in quotation marks.
    if (head[at]?.trim() === '' && cell !== '')
      mistakes.push({ name: 'unnamedColumn', values: { number: at + 1 } });
    if (column === undefined || cell === '') continue;
    if (column === 'email') person.email = emailIn(cell);
    const read = readCell(column, cell.normalize(column === 'note' ? 'NFC' : 'NFKC'));
    if ('name' in read) mistakes.push(read);
    else Object.assign(person.wish, read);
  }
  // In one order, whatever the order of the columns: the command line names requests by a digest of the wish.
  person.wish = Object.fromEntries(Object.entries(person.wish).toSorted()) as Wish;
  if (person.email === '') mistakes.push({ name: 'noEmail', values: {} });
  return { person, mistakes: mistakes.map((mistake) => ({ line, ...mistake })) };
}

/** The people in a table whose first line names the columns, or all mistakes in it. */
export function parsePeople(text: string): People {
  const { head, rows, mistakes } = readTable(text, (cell) => columnOf(cell) !== undefined);
  const nobody = { people: [], ignored: [] };
  if (!head) return { ...nobody, mistakes: [...mistakes, { line: 1, name: 'nothing' }] };
  const columns = columnsOf(head.fields);
  const wrongHead = headMistakes(head, columns);
  if (wrongHead.length > 0) return { ...nobody, mistakes: [...wrongHead, ...mistakes] };
  const read = rows.map((row) => readPerson(row, head.fields, columns));
  const all: People['mistakes'] = [...mistakes, ...read.flatMap((row) => row.mistakes)].toSorted(
    (a, b) => a.line - b.line,
  );
  if (rows.length === 0 && all.length === 0) all.push({ line: head.line + 1, name: 'nobody' });
  const ignored = head.fields.map((name) => name.trim()).filter((name, at) => name !== '' && !columns[at]);
  return { people: read.map(({ person }) => person), ignored, mistakes: all };
}

/** Whether the first line of a text names the columns of a table, and not a person in a list. */
function hasHead(text: string): boolean {
  const { head } = readTable(text, (cell) => columnOf(cell) !== undefined);
  const cells = head?.fields ?? [];
  return columnsOf(cells).includes('email') && !cells.some((cell) => cell.includes('@'));
}

/**
 * The lines of a table without a head. All have the same number of cells, more than one, and at most one address each. Undefined if the
 * text is not a table of this form.
 */
function headlessLines(text: string): CsvRecord[] | undefined {
  const { head, rows, mistakes } = readTable(text, () => false);
  const lines = head ? [head, ...rows] : [];
  const isTable =
    lines.length > 1 &&
    mistakes.length === 0 &&
    lines.every(
      ({ fields }) =>
        fields.length > 1 &&
        fields.length === head?.fields.length &&
        fields.filter((cell) => cell.includes('@')).length < 2,
    );
  return isTable ? lines : undefined;
}

/** Spreadsheet rows between other lines of a text: only the cells with an address stay, and a row without an address stays whole. */
const withoutOtherCells = (text: string): string =>
  text.replaceAll(/^.*\t.*$/gm, (line) => {
    const cells = line.split('\t').filter((cell) => cell.includes('@'));
    return cells.length > 0 ? cells.join('\n') : line;
  });

/** The people in a pasted text: a table with a head or without one, or a list as mail programs write it. */
export function readPasted(text: string): People {
  if (hasHead(text)) return parsePeople(text);
  const lines = headlessLines(text);
  const emails = lines
    ? lines.map(({ fields }) => emailIn(fields.find((cell) => cell.includes('@')) ?? fields.join(' ')))
    : emailsIn(withoutOtherCells(text));
  const people = emails.map((email, at) => ({ line: lines?.[at]?.line ?? at + 1, email, wish: {} }));
  return { people, ignored: [], mistakes: people.length === 0 ? [{ line: 1, name: 'nothing' }] : [] };
}
