import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockData } from './data-lock.ts';

const prefix = 'latchkey-start-';

const remove = (path: string): void => rmSync(path, { recursive: true, force: true });

/** Whether a directory is ours: other users share the folder for temporary files. */
function isOwn(path: string): boolean {
  const entry = lstatSync(path, { throwIfNoEntry: false });
  return entry?.isDirectory() === true && (process.getuid === undefined || entry.uid === process.getuid());
}

/** Removes a directory, unless the process that made it lives. */
function removeLeft(path: string): void {
  try {
    lockData(path)();
  } catch {
    return;
  }
  remove(path);
}

/**
 * A directory for the bundles and templates of this start. Each takes about thirty megabytes, so the directories of killed
 * starts are removed first.
 */
export function makeAssemblyDirectory(parent = tmpdir()): { path: string; remove(): void } {
  const left = readdirSync(parent).filter((name) => name.startsWith(prefix));
  for (const path of left.map((name) => join(parent, name))) if (isOwn(path)) removeLeft(path);
  const path = mkdtempSync(join(parent, prefix));
  const unlock = lockData(path);
  return {
    path,
    remove() {
      unlock();
      remove(path);
    },
  };
}
