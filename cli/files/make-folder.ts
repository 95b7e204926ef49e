import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileTrouble } from './read-file.ts';
import { isSystemError } from './system-error.ts';

/**
 * Makes a folder with those above it, each for its owner alone. Step by step: Node's own way never ends where a system says that
 * there is no such folder when it takes none, as Linux does below /proc.
 */
export async function makeFolder(path: string): Promise<void> {
  if ((await stat(path).catch(() => undefined))?.isDirectory()) return;
  const above = dirname(path);
  if (above !== path) await makeFolder(above);
  await mkdir(path, { mode: 0o700 }).catch((error: unknown) => {
    // Another process was first.
    if (!isSystemError(error) || error.code !== 'EEXIST') throw fileTrouble(path, error);
  });
}
