import { addressIn } from '#shared/mailbox.ts';
import { wrongUsage } from '../failures.ts';
import type { CsvRecord, Mistake } from '../files/csv.ts';
import { readNamed } from '../files/read-file.ts';
import { decodeTable, readTable } from '../files/table.ts';
import {
  columnNames,
  columnOf,
  columnsOf,
  mistypedColumn,
  readCell,
  type ColumnName,
  type Wish,
} from './people-columns.ts';

/** A person to invite. */
export interface Person {
  line: number;
  /** As it is written, but for blanks and a name around it. */
  email: string;
  wish: Wish;
}

export interface People {
  people: Person[];
  /** Columns that have no meaning for us, by their names. */
  ignored: string[];
  mistakes: Mistake[];
}

function headMistakes({ line, fields }: CsvRecord, named: readonly (ColumnName | undefined)[]): Mistake[] {
  const texts = fields.flatMap((cell, at) => {
    const column = named[at];
    const name = cell.trim();
    if (column === undefined) {
      const near = mistypedColumn(name);
      return near === undefined ? [] : [`there is no column ${name}. Did you mean ${near}?`];
    }
    return named.indexOf(column) < at ? [`the column ${column} is there twice`] : [];
  });
  if (!named.includes('email') && texts.length === 0)
    texts.push(
      `the first line names the columns, and one of them is email; they are ${columnNames.join(', ')}`,
    );
  return texts.map((text) => ({ line, text }));
}

function readPerson(
  { line, fields }: CsvRecord,
  head: readonly string[],
  columns: readonly (ColumnName | undefined)[],
): { person: Person; mistakes: Mistake[] } {
  const person: Person = { line, email: '', wish: {} };
  const texts: string[] = [];
  if (fields.length > head.length)
    texts.push(`${fields.length} fields, and the first line names ${head.length}`);
  for (const [at, text] of fields.slice(0, head.length).entries()) {
    const cell = text.trim();
    const column = columns[at];
    // What stands below no name is most likely the rest of a cell that should be in quotation marks.
    if (head[at]?.trim() === '' && cell !== '') texts.push(`column ${at + 1} has no name in the first line`);
    if (column === undefined || cell === '') continue;
    if (column === 'email') person.email = addressIn(cell);
    const read = readCell(column, cell.normalize(column === 'note' ? 'NFC' : 'NFKC'));
    if (typeof read === 'string') texts.push(read);
    else Object.assign(person.wish, read);
  }
  // In one order, whichever the columns have: requests are named by it.
  person.wish = Object.fromEntries(Object.entries(person.wish).toSorted()) as Wish;
  if (person.email === '') texts.push('email is empty');
  return { person, mistakes: texts.map((text) => ({ line, text })) };
}

/** Everybody in the text of a table, or all that is wrong with it. */
export function parsePeople(text: string): People {
  const { head, rows, mistakes } = readTable(text, (cell) => columnOf(cell) !== undefined);
  const nobody = { people: [], ignored: [] };
  if (!head) return { ...nobody, mistakes: [...mistakes, { line: 1, text: 'there is nothing in it' }] };
  const columns = columnsOf(head.fields);
  const wrongHead = headMistakes(head, columns);
  if (wrongHead.length > 0) return { ...nobody, mistakes: [...wrongHead, ...mistakes] };
  const read = rows.map((row) => readPerson(row, head.fields, columns));
  const all = [...mistakes, ...read.flatMap((row) => row.mistakes)].toSorted((a, b) => a.line - b.line);
  if (rows.length === 0 && all.length === 0) all.push({ line: head.line + 1, text: 'there is nobody in it' });
  const ignored = head.fields.map((name) => name.trim()).filter((name, at) => name !== '' && !columns[at]);
  return { people: read.map(({ person }) => person), ignored, mistakes: all };
}

/** Lines that are named beside the first one of the same mistake. */
const namedLines = 3;

/** Each mistake once, with its lines. */
function tellMistakes(path: string, mistakes: readonly Mistake[]): string[] {
  const lines = Map.groupBy(mistakes, ({ text }) => text);
  return [...lines].map(([text, same]) => {
    const [first, ...others] = same.map(({ line }) => line);
    const named = others.slice(0, namedLines).join(', ');
    const more = others.length > namedLines ? ` and ${others.length - namedLines} more` : '';
    return `${path}:${first}: ${text}${others.length > 0 ? ` (also in ${named}${more})` : ''}`;
  });
}

/** Reads the people to invite from a CSV file. All mistakes are told at once. `said` is what is worth a word. */
export async function readPeople(path: string): Promise<{ people: Person[]; said: string[] }> {
  const text = decodeTable(await readNamed(path));
  if (text === undefined) throw wrongUsage(`${path} is not UTF-8.`, ['Spreadsheets save it as “CSV UTF-8”.']);
  const { people, ignored, mistakes } = parsePeople(text);
  if (mistakes.length > 0) {
    const told = tellMistakes(path, mistakes);
    const count = told.length === 1 ? 'a mistake' : `${told.length} mistakes`;
    throw wrongUsage(`${path} has ${count}; nothing was done.`, told);
  }
  const said = ignored.length > 0 ? [`${path}: not read: ${ignored.join(', ')}.`] : [];
  return { people, said };
}
