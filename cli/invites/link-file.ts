import { open, type FileHandle } from 'node:fs/promises';
import { wrongUsage } from '../failures.ts';
import { fileTrouble } from '../files/read-file.ts';

/** Adds links to a file of links, without those that it has already. */
export type AppendLinks = (links: readonly string[]) => Promise<void>;

const isLink = (line: string): boolean => /^https?:\/\/\S+\/invite\/\S+$/.test(line);

/**
 * The links that an interrupted run left in the file; undefined if the file contains anything else. A last line without a line
 * end was cut by a full disk or a kill. It is removed, and the run adds it again.
 */
async function readLinks(file: FileHandle): Promise<string[] | undefined> {
  const text = await file.readFile('utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const lines = whole.split('\n').slice(0, -1);
  if (!lines.every(isLink)) return undefined;
  if (whole.length < text.length) await file.truncate(Buffer.byteLength(whole));
  return lines;
}

/**
 * Opens a file for links, which only its owner may read. This comes before any request, so that a file that cannot be written
 * fails before there are links to lose. A file with content is refused, unless it has the links of the run that goes on.
 */
export async function openLinks(path: string, goesOn: boolean): Promise<AppendLinks> {
  const trouble = (error: unknown) => {
    throw fileTrouble(path, error);
  };
  const file = await open(path, 'a+', 0o600).catch(trouble);
  const stat = await file.stat();
  const links = stat.isFile() && stat.size > 0 ? goesOn && (await readLinks(file)) : [];
  if (!links) {
    await file.close();
    throw wrongUsage(`${path} has something ${goesOn ? 'else ' : ''}in it already: name another file.`);
  }
  const known = new Set(links);
  return async (some) => {
    const lines = some.filter((link) => !known.has(link)).map((link) => `${link}\n`);
    await file.appendFile(lines.join('')).catch(trouble);
    if (stat.isFile()) await file.datasync().catch(trouble);
  };
}
