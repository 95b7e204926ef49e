import * as z from 'zod/mini';
import { csvLine, textCell } from '../csv.ts';
import type { Answer } from './answer.ts';

/** How an operation's answer is written as comma-separated values, where `?format=csv` asks for it. */
export interface Csv<Value> {
  /** Name under which browsers keep it. */
  file: string;
  columns: readonly string[];
  /** Cells in the columns' order; null for an empty one. */
  rows(value: Value): readonly (readonly (string | null)[])[];
}

/** `?format` of operations that can answer as CSV too. */
export const formatField = z._default(z.enum(['json', 'csv']), 'json');

export const wantsCsv = (query: unknown): boolean =>
  (query as { format?: unknown } | undefined)?.format === 'csv';

/** The whole text of the file (RFC 4180). */
export const writeCsv = <Value>(csv: Csv<Value>, value: Value): string =>
  [csv.columns, ...csv.rows(value).map((row) => row.map((cell) => textCell(cell ?? '')))]
    .map(csvLine)
    .join('');

/** The answer as a file, with the way to the next page of a list in a `Link` header (RFC 8288). */
export function csvAnswer<Value extends object>(
  csv: Csv<Value>,
  value: Value,
  path: string,
  query: object,
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
    body: writeCsv(csv, value),
  };
}
