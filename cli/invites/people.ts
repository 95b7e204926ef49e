import { noteField } from '#shared/invites/fields.ts';
import { inviteLimits } from '#shared/invites/limits.ts';
import { isLocale, locales, type Locale } from '#shared/locale.ts';
import { roles, type Role } from '#shared/users/user.ts';
import { wrongUsage } from '../failures.ts';
import { readCsv, type CsvRecord, type Mistake } from '../files/csv.ts';
import { readNamed } from '../files/read-file.ts';
import { suggestion } from '../suggestion.ts';

/** What a line of the file may say about an invite. */
export interface Wish {
  role?: Role;
  note?: string;
  locale?: Locale;
  /** null: without an end. */
  expiresInDays?: number | null;
}

/** A person to invite. */
export interface Person {
  line: number;
  /** As it is written, but for blanks around it. */
  email: string;
  wish: Wish;
}

/** The reader of each column: it gives the wish of a cell, or the sentence that says its mistake. */
const columns: Readonly<Record<string, (cell: string) => Wish | string>> = {
  email: () => ({}),
  role: (cell) => {
    const role = roles.find((one) => one === cell);
    return role ? { role } : `role wants one of ${roles.join(', ')}, not ${cell}`;
  },
  note: (note) =>
    noteField.safeParse(note).success
      ? { note }
      : `note wants one line of at most ${inviteLimits.noteLength.max} characters`,
  locale: (cell) =>
    isLocale(cell) ? { locale: cell } : `locale wants one of ${locales.join(', ')}, not ${cell}`,
  days: (cell) => readDays(cell) ?? `days wants ${daysText}, not ${cell}`,
};

/** How long an invite can live, in words. */
export const daysText = `1 to ${inviteLimits.expiresInDays.max}, or never`;

/** `7` or `never`. */
export function readDays(text: string): { expiresInDays: number | null } | undefined {
  if (text === 'never') return { expiresInDays: null };
  return /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= inviteLimits.expiresInDays.max
    ? { expiresInDays: Number(text) }
    : undefined;
}

const names = Object.keys(columns);

function headMistakes({ line, fields }: CsvRecord): Mistake[] {
  const head = fields.map((name) => name.trim().toLowerCase());
  const texts = head.flatMap((name, at) => {
    if (!names.includes(name))
      return [`there is no column ${name}: they are ${names.join(', ')}.${suggestion(name, names)}`];
    return head.indexOf(name) < at ? [`the column ${name} is there twice`] : [];
  });
  if (!head.includes('email')) texts.unshift('the first line names the columns, and one of them is email');
  return texts.map((text) => ({ line, text }));
}

function readPerson(
  { line, fields }: CsvRecord,
  head: readonly string[],
): { person: Person; mistakes: Mistake[] } {
  const person: Person = { line, email: '', wish: {} };
  const texts: string[] = [];
  if (fields.length > head.length)
    texts.push(`${fields.length} fields, and the first line names ${head.length}`);
  for (const [at, name] of head.entries()) {
    const cell = (fields[at] ?? '').trim();
    if (name === 'email') person.email = cell;
    const read = cell === '' ? {} : (columns[name]?.(cell) ?? {});
    if (typeof read === 'string') texts.push(read);
    else Object.assign(person.wish, read);
  }
  if (person.email === '') texts.push('email is empty');
  return { person, mistakes: texts.map((text) => ({ line, text })) };
}

/** Everything in CSV text, or all that is wrong with it. */
export function parsePeople(text: string): { people: Person[]; mistakes: Mistake[] } {
  const { records, mistakes } = readCsv(text);
  const [head, ...rest] = records;
  if (!head) return { people: [], mistakes: [...mistakes, { line: 1, text: 'there is nothing in it' }] };
  const wrongHead = headMistakes(head);
  if (wrongHead.length > 0) return { people: [], mistakes: [...wrongHead, ...mistakes] };
  const columnsHere = head.fields.map((name) => name.trim().toLowerCase());
  const rows = rest.map((record) => readPerson(record, columnsHere));
  const all = [...mistakes, ...rows.flatMap((row) => row.mistakes)].toSorted((a, b) => a.line - b.line);
  if (rest.length === 0 && all.length === 0) all.push({ line: head.line + 1, text: 'there is nobody in it' });
  return { people: rows.map(({ person }) => person), mistakes: all };
}

/** Reads the people to invite from a CSV file. All mistakes are told at once. */
export async function readPeople(path: string): Promise<{ people: Person[] }> {
  const bytes = await readNamed(path);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw wrongUsage(`${path} is not UTF-8.`, ['Spreadsheets save it as “CSV UTF-8”.']);
  }
  const { people, mistakes } = parsePeople(text);
  if (mistakes.length > 0) {
    throw wrongUsage(
      `${path} has ${mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`}; nothing was done.`,
      mistakes.map((one) => `${path}:${one.line}: ${one.text}`),
    );
  }
  return { people };
}
