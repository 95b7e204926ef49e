import { csvLine } from '#shared/table/csv.ts';
import { ask } from '../../browser/api.ts';

/** Downloads a file from the API. A script makes the call, because a link could not carry the device's proof. */
export async function download(path: string, fileName: string): Promise<void> {
  const response = await ask('GET', path);
  save(await response.blob(), fileName);
}

/** The byte order mark, by which spreadsheets recognise UTF-8. */
const mark = '\ufeff';

/** The most pages of a list that one file holds. */
const mostPages = 100;

/** The address of a list's next page (RFC 8288). */
const nextOf = ({ headers }: Response): string | undefined =>
  /^<([^>]+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];

/**
 * Downloads a list as CSV. If the API gives it page by page (`isPaged`), the file holds all pages, up to `mostPages`.
 * @returns whether there are more.
 */
export async function downloadTable(path: string, fileName: string, isPaged: boolean): Promise<boolean> {
  const first = await ask('GET', path);
  const parts = [await first.text()];
  let next = isPaged ? nextOf(first) : undefined;
  while (next !== undefined && parts.length < mostPages) {
    const page = await ask('GET', next);
    const text = await page.text();
    // Each page repeats the line with the column names.
    parts.push(text.slice(text.indexOf('\n') + 1));
    next = nextOf(page);
  }
  saveCsv(parts, fileName);
  return next !== undefined;
}

/** Saves a table that the page has made itself, for spreadsheets. */
export const saveTable = (rows: readonly (readonly string[])[], fileName: string): void =>
  saveCsv(rows.map(csvLine), fileName);

const saveCsv = (parts: readonly string[], fileName: string): void =>
  save(new Blob([mark, ...parts], { type: 'text/csv' }), fileName);

function save(content: Blob, fileName: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
