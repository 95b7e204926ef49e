import { open } from 'node:fs/promises';
import { wrongUsage } from '../failures.ts';
import { fileTrouble } from '../files/read-file.ts';

/** Adds lines to a file of links. */
export type AppendLinks = (links: readonly string[]) => Promise<void>;

/**
 * Opens a new file for links, which only its owner may read, before anything is asked for: what cannot be written is
 * told before there is anything to lose. A file with something in it is left alone.
 */
export async function openLinks(path: string): Promise<AppendLinks> {
  const file = await open(path, 'a', 0o600).catch((error: unknown) => {
    throw fileTrouble(path, error);
  });
  const { size } = await file.stat();
  if (size > 0) {
    await file.close();
    throw wrongUsage(`${path} has something in it already: name another file.`);
  }
  return async (links) => {
    await file.appendFile(links.map((link) => `${link}\n`).join(''));
    await file.datasync();
  };
}
