/** One line of CSV (RFC 4180). */
export const csvLine = (fields: readonly string[]): string =>
  `${fields.map((one) => (/[",\r\n]/.test(one) ? `"${one.replaceAll('"', '""')}"` : one)).join(',')}\r\n`;

/**
 * A cell that spreadsheets take as text. What begins like a formula gets an apostrophe in front; a hyphen before
 * nothing but the letters of an id does no harm, and ids stay as they are.
 */
export const textCell = (text: string): string =>
  /^[=+@\t\r\n]|^-(?![\w-]*$)/.test(text) ? `'${text}` : text;
