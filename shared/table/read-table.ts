import { readCsv, type CsvMistakeName, type CsvRecord, type Mistake } from './read-csv.ts';

/** The delimiters that spreadsheets put between cells; the first one is the default. */
const delimiters = [',', ';', '\t', '|'] as const;

/** A table as a spreadsheet writes it, without rows that are blank. */
export interface Table {
  head: CsvRecord | undefined;
  rows: CsvRecord[];
  mistakes: Mistake<CsvMistakeName>[];
}

const isBlank = ({ fields }: CsvRecord): boolean => fields.every((cell) => cell.trim() === '');

/** The record without its blank cells at the end. */
const trimmed = ({ line, fields }: CsvRecord): CsvRecord => {
  const last = fields.findLastIndex((cell) => cell.trim() !== '');
  return { line, fields: fields.slice(0, last + 1) };
};

/** How many lines are searched for the head. */
const headLines = 50;

/** The delimiter that gives the head the most known names, or else the most cells. */
function delimiterOf(text: string, isName: (cell: string) => boolean): string {
  const beginning = text.split(/\r\n|\n|\r/, headLines).join('\n');
  const counted = delimiters.map((delimiter) => {
    const head = readCsv(beginning, delimiter).records.find(({ fields }) =>
      /[^\s,;|]/.test(fields.join(' ')),
    );
    const cells = head?.fields ?? [];
    return { delimiter, names: cells.filter(isName).length, cells: cells.length };
  });
  const [best] = counted.toSorted((a, b) => b.names - a.names || b.cells - a.cells);
  return best?.delimiter ?? ',';
}

/** Reads a table with any of the delimiters. */
export function readTable(text: string, isName: (cell: string) => boolean): Table {
  // A spreadsheet may name the delimiter in a line of its own, which other programs quote, or pad with the delimiter.
  const [said = '', named] = /^"?sep=(\\t|.)"?[,;\t|]*(?=[\r\n]|$)/i.exec(text) ?? [];
  const rest = text.slice(said.length);
  const delimiter = named === undefined ? delimiterOf(rest, isName) : named === String.raw`\t` ? '\t' : named;
  const { records, mistakes } = readCsv(rest, delimiter);
  const [head, ...rows] = records.filter((record) => !isBlank(record)).map(trimmed);
  return { head, rows, mistakes };
}
