import * as z from 'zod/mini';
import { csvLine } from '../csv.ts';
import type { Locale, Text } from '../locale.ts';
import type { Answer } from './answer.ts';

/** How an operation's answer is written as comma-separated values, where `?format=csv` asks for it. */
export interface Csv<Value> {
  /** Name under which browsers keep it. */
  file: string;
  columns: readonly string[];
  /** Cells in the columns' order; null for an empty one. */
  rows(value: Value): readonly (readonly (string | null)[])[];
  /** Stands in a last row where there is more than the file holds. */
  more?: Text;
}

/** Rows of a file that is to hold a whole list: enough for people, and few enough for one Lambda answer (6 MB). */
export const maxCsvRows = 10_000;

/** Says in the file itself that it does not hold the whole list. */
export const moreRows: Text = {
  en: `There are more: this file ends after ${maxCsvRows} rows.`,
  ja: `続きがあります。このファイルは${maxCsvRows}行までです。`,
  zh: `还有更多：此文件仅含前 ${maxCsvRows} 行。`,
};

/** A list as a file: a row for each item, a column for each of its fields. */
export function csvOfList<Shape extends object>(
  file: string,
  { shape }: { shape: Shape },
  more?: Text,
): Csv<{ items: readonly { [Name in keyof Shape]?: unknown }[] }> & {
  columns: readonly (keyof Shape & string)[];
} {
  const columns = Object.keys(shape) as (keyof Shape & string)[];
  return {
    file,
    columns,
    rows: ({ items }) => items.map((item) => columns.map((name) => cellOf(item[name]))),
    ...(more && { more }),
  };
}

const cellOf = (value: unknown): string | null =>
  value === undefined || value === null ? null : String(value as string | number | boolean);

/** `?format` of operations that can answer as CSV too. */
export const formatField = z._default(z.enum(['json', 'csv']), 'json');

export const wantsCsv = (query: unknown): boolean =>
  (query as { format?: unknown } | undefined)?.format === 'csv';

/** The whole text of the file (RFC 4180), with `more` as the first cell of a last row. */
export const writeCsv = <Value>(csv: Csv<Value>, value: Value, more?: string): string =>
  [
    csv.columns,
    ...csv.rows(value).map((row) => row.map((cell) => cell ?? '')),
    ...(more ? [csv.columns.map((_, at) => (at === 0 ? more : ''))] : []),
  ]
    .map(csvLine)
    .join('');

/** The answer as a file, with the way to the next page of a list in a `Link` header (RFC 8288). */
export function csvAnswer<Value extends object>(
  csv: Csv<Value>,
  value: Value,
  path: string,
  query: object,
  locale: Locale,
): Answer {
  const { nextCursor: cursor } = value as { nextCursor?: string | null };
  const given = Object.entries({ ...query, cursor }).filter(([, one]) => one !== undefined && one !== null);
  const next = String(new URLSearchParams(given.map(([name, one]) => [name, String(one)])));
  return {
    status: 200,
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${csv.file}"`,
      ...(cursor && { link: `<${path}?${next}>; rel="next"` }),
    },
    body: writeCsv(csv, value, cursor ? csv.more?.[locale] : undefined),
  };
}
