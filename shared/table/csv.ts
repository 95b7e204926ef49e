/** What begins a formula in one spreadsheet or another, in their wide forms too. */
const formula = /^\s*[=+@\t\r\n＝＋＠]|^\s*[-－−]/u;

/** A hyphen alone, or before what no formula begins with, such as `-4kX_id`. */
const harmlessHyphen = /^-($|\d+(?![eE]\d)[A-Za-z_][\w-]*$)/;

/** A separator of other spreadsheets than ours, behind which they begin a cell, and a formula there. */
const hiddenCell = /([;\t\r\n|]["\s]*)(?=[=+@＝＋＠－−-])/gu;

/** A cell that spreadsheets take as text (C75): what begins like a formula gets an apostrophe in front. */
export function textCell(text: string): string {
  const cell = text.replaceAll(hiddenCell, "$1'");
  return formula.test(cell) && !harmlessHyphen.test(cell) ? `'${cell}` : cell;
}

/** The text of a cell that `textCell` has made; any other cell as it is. */
export const textOfCell = (cell: string): string =>
  cell.startsWith("'") && textCell(cell.slice(1)) === cell ? cell.slice(1) : cell;

/** One line of CSV (RFC 4180) that we read again ourselves: its cells are as they were given. */
export const plainCsvLine = (fields: readonly string[]): string =>
  `${fields.map((one) => (/[",\r\n]/.test(one) ? `"${one.replaceAll('"', '""')}"` : one)).join(',')}\r\n`;

/** One line of CSV of which no cell is a formula. */
export const csvLine = (fields: readonly string[]): string => plainCsvLine(fields.map(textCell));
