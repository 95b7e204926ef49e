/** The beginnings of formulas in any spreadsheet program, also in full-width form. */
const formula = /^\s*[=+@\t\r\n＝＋＠]|^\s*[-－−]/u;

/** A hyphen that begins no formula: alone, or in a text such as `-4kX_id`. */
const harmlessHyphen = /^-($|\d+(?![eE]\d)[A-Za-z_][\w-]*$)/;

/** A separator other than our comma. A spreadsheet that splits there begins a new cell, with a formula in it. */
const hiddenCell = /([;\t\r\n|]["\s]*)(?=[=+@＝＋＠－−-])/gu;

/** A cell that spreadsheets take as text (C75): a cell that begins like a formula gets an apostrophe in front. */
export function textCell(text: string): string {
  const cell = text.replaceAll(hiddenCell, "$1'");
  return formula.test(cell) && !harmlessHyphen.test(cell) ? `'${cell}` : cell;
}

/** The text of a cell that `textCell` has made; any other cell as it is. */
export const textOfCell = (cell: string): string =>
  cell.startsWith("'") && textCell(cell.slice(1)) === cell ? cell.slice(1) : cell;

/** One line of CSV (RFC 4180) that we read again ourselves, with unchanged cells. */
export const plainCsvLine = (fields: readonly string[]): string =>
  `${fields.map((one) => (/[",\r\n]/.test(one) ? `"${one.replaceAll('"', '""')}"` : one)).join(',')}\r\n`;

/** One line of CSV in which no cell is a formula. */
export const csvLine = (fields: readonly string[]): string => plainCsvLine(fields.map(textCell));
