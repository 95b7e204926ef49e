import { CsvError, parse, type CsvErrorCode } from 'csv-parse/sync';

/** A record of a CSV file (RFC 4180) with the line that it begins on. */
export interface CsvRecord {
  line: number;
  fields: string[];
}

/** A mistake in a table, with its line; each name has a text in `shared/inviting/table-texts.ts`. */
export interface Mistake<Name extends string> {
  line: number;
  name: Name;
  /** The values that the text names. */
  values?: Readonly<Record<string, string | number>>;
}

const mistakeNames = {
  INVALID_OPENING_QUOTE: 'strayQuote',
  CSV_INVALID_CLOSING_QUOTE: 'textAfterQuote',
  CSV_QUOTE_NOT_CLOSED: 'openQuote',
} as const satisfies Partial<Record<CsvErrorCode, string>>;

export type CsvMistakeName = (typeof mistakeNames)[keyof typeof mistakeNames] | 'notCsv';

/** Reads lines up to the first mistake; `broken` is the line, counted from 1, after which reading can go on. */
function readUpToMistake(lines: readonly string[], delimiter: string) {
  const records: CsvRecord[] = [];
  // Lines and empty lines before the next record.
  let [before, emptyBefore] = [0, 0];
  const beginning = (emptyLines: number): number => before + 1 + emptyLines - emptyBefore;
  try {
    // csv-parse counts a CR LF between quotation marks as two lines, so it is given LF alone.
    parse(lines.join('\n'), {
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      skip_empty_lines: true,
      on_record(fields: string[], context) {
        records.push({ line: beginning(context.empty_lines), fields });
        [before, emptyBefore] = [context.lines, context.empty_lines];
        return null;
      },
    });
    return { records };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = beginning(Number(error['empty_lines']));
    // An open quotation mark takes in all lines after it. They are read again, from the line after the mistake on.
    const broken = error.code === 'CSV_QUOTE_NOT_CLOSED' ? line : Number(error['lines']);
    const name = mistakeNames[error.code as keyof typeof mistakeNames] ?? 'notCsv';
    return { records, broken, mistake: { line, name, values: { why: error.message } } };
  }
}

/** Reads CSV. After a mistake it goes on with the next line, so that all mistakes are told at once. */
export function readCsv(
  text: string,
  delimiter = ',',
): {
  records: CsvRecord[];
  mistakes: Mistake<CsvMistakeName>[];
} {
  const lines = text.split(/\r\n|\n|\r/);
  const records: CsvRecord[] = [];
  const mistakes: Mistake<CsvMistakeName>[] = [];
  for (let offset = 0; offset < lines.length;) {
    const part = readUpToMistake(lines.slice(offset), delimiter);
    for (const { line, fields } of part.records) records.push({ line: offset + line, fields });
    if (part.mistake === undefined) break;
    mistakes.push({ ...part.mistake, line: offset + part.mistake.line });
    offset += part.broken;
  }
  return { records, mistakes };
}
