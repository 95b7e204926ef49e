import { randomUUID } from 'node:crypto';
import { link, open, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileTrouble } from './read-file.ts';
import { isSystemError } from './system-error.ts';

/** Writes a text to a place of its own beside `path`, for its owner alone. */
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

/** Puts a draft to its place; where that fails, none is left. */
async function takeDraft(draft: string, take: (draft: string) => Promise<void>): Promise<void> {
  try {
    await take(draft);
  } finally {
    await rm(draft, { force: true });
  }
}

/** What has no draft beside it: a device, a pipe. */
async function writeInto(path: string, text: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(text);
  } finally {
    await file.close();
  }
}

/** Where a path leads to through links, also where nothing is there yet. */
const targetOf = (path: string): Promise<string> =>
  realpath(path)
    .catch(async () => resolve(dirname(path), await readlink(path)))
    .catch(() => path);

/**
 * Replaces a file as a whole: a process that is killed half-way, or a disk that is full, leaves the old one, and of two
 * processes at once one is the last. Only its owner may read it. A link stays, and leads to the new text.
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

/** Writes a new file, which is there as a whole or not at all; false where there is one, such as that of another process. */
export async function createFile(path: string, text: string): Promise<boolean> {
  try {
    await takeDraft(await writeDraft(path, text), (draft) =>
      link(draft, path).catch((error: unknown) => {
        if (isSystemError(error) && error.code === 'EEXIST') throw error;
        // Not every file system has links.
        return rename(draft, path);
      }),
    );
    return true;
  } catch (error) {
    if (isSystemError(error) && error.code === 'EEXIST') return false;
    throw fileTrouble(path, error);
  }
}
