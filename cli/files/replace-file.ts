import { randomUUID } from 'node:crypto';
import { link, open, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileTrouble } from './read-file.ts';
import { isSystemError } from './system-error.ts';

/** Writes a text to a temporary file beside `path`, for its owner alone. */
async function writeDraft(path: string, text: string): Promise<string> {
  const draft = join(dirname(path), `.latchkey-${randomUUID()}.tmp`);
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    return draft;
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Moves a draft to its place. No draft is left behind, even if that fails. */
async function takeDraft(draft: string, take: (draft: string) => Promise<void>): Promise<void> {
  try {
    await take(draft);
  } finally {
    await rm(draft, { force: true });
  }
}

/** Writes in place, to a device or a pipe: a draft cannot replace these. */
async function writeInto(path: string, text: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(text);
  } finally {
    await file.close();
  }
}

/** The target of a path through symbolic links, also if nothing exists there yet. */
const targetOf = (path: string): Promise<string> =>
  realpath(path)
    .catch(async () => resolve(dirname(path), await readlink(path)))
    .catch(() => path);

/**
 * Replaces a file as a whole. If the process is killed half-way or the disk is full, the old file stays. If two processes
 * replace it at once, the later one wins. Only its owner may read the file. A symbolic link stays, and leads to the new file.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  try {
    const target = await targetOf(path);
    const there = await stat(target).catch(() => undefined);
    if (there && !there.isFile()) return await writeInto(target, text);
    await takeDraft(await writeDraft(target, text), (draft) => rename(draft, target));
  } catch (error) {
    throw fileTrouble(path, error);
  }
}

/** Writes a new file, as a whole or not at all; false if the file exists, such as from another process. */
export async function createFile(path: string, text: string): Promise<boolean> {
  try {
    await takeDraft(await writeDraft(path, text), (draft) =>
      link(draft, path).catch((error: unknown) => {
        if (isSystemError(error) && error.code === 'EEXIST') throw error;
        // Not every file system has hard links.
        return rename(draft, path);
      }),
    );
    return true;
  } catch (error) {
    if (isSystemError(error) && error.code === 'EEXIST') return false;
    throw fileTrouble(path, error);
  }
}
