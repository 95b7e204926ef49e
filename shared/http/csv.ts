import * as z from 'zod/mini';
import { csvLine } from '../table/csv.ts';
import { fill, type Locale, type Text } from '../locale.ts';
import type { Answer } from './answer.ts';
import { takeBytes } from './take-bytes.ts';

/** How an operation's answer is written as comma-separated values, if `?format=csv` asks for it. */
export interface Csv<Value> {
  /** Name under which browsers save the file. */
  file: string;
  columns: readonly string[];
  /** Cells in the columns' order; null for an empty one. */
  rows(value: Value): readonly (readonly (string | null)[])[];
  /** Text of a last row if the file is full and the list has more. */
  more?: Text;
}

/** Most rows of a file that should hold a whole list: enough for human readers. */
export const maxCsvRows = 10_000;

/** Most bytes of a file, in the JSON in which Lambda returns it: Lambda limits an answer to 6 MB. */
const maxCsvLength = 5_500_000;

/** Says in the file itself that it does not hold the whole list. */
export const moreRows: Text = {
  en: 'There is more: this file ends after {count} rows. Choose fewer by a filter.',
  ja: '続きがあります。このファイルは{count}行までです。絞り込んで取得してください。',
  zh: '还有更多：此文件仅含前 {count} 行，请筛选后再导出。',
};

/** The same for a file that is not full: few of very many rows match the filters, and not all rows were looked through. */
const unsearchedRows: Text = {
  en: 'There may be more: the search ended before the end of the list. Filter by the beginning of an address too.',
  ja: '続きがある可能性があります。一覧の途中で検索を終えました。メールアドレスの先頭の文字でも絞り込んでください。',
  zh: '可能还有更多：搜索在列表结束之前就停止了。请再按邮箱地址的开头筛选。',
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

/** Whether a query asks for CSV; the operation may not offer it. */
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

/** Bytes of a row in the JSON in which Lambda returns the file. */
export const bytesOfRow = (row: readonly (string | null)[]): number =>
  Buffer.byteLength(JSON.stringify(csvLine(row.map((cell) => cell ?? ''))));

/** The answer as a file, with the way to the next page of a list in a `Link` header (RFC 8288). */
export function csvAnswer<Value extends object>(
  csv: Csv<Value>,
  value: Value,
  path: string,
  query: object,
  locale: Locale,
): Answer {
  const { items: rows, isCut } = takeBytes(csv.rows(value), maxCsvLength, bytesOfRow);
  const { nextCursor: cursor } = value as { nextCursor?: string | null };
  const given = Object.entries({ ...query, cursor }).filter(([, one]) => one !== undefined && one !== null);
  const next = String(new URLSearchParams(given.map(([name, one]) => [name, String(one)])));
  const isFull = isCut || rows.length >= maxCsvRows;
  const text = (cursor || isCut) && csv.more && (isFull ? csv.more : unsearchedRows);
  const more = text ? fill(text[locale], { count: rows.length }) : undefined;
  return {
    status: 200,
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${csv.file}"`,
      // No link after a cut: the next page would skip the rows that were cut off.
      ...(cursor && !isCut && { link: `<${path}?${next}>; rel="next"` }),
    },
    body: writeCsv({ ...csv, rows: () => rows }, value, more),
  };
}
