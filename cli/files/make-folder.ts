import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileTrouble } from './read-file.ts';
import { isSystemError } from './system-error.ts';

/**
 * Makes a folder and its missing parents, each for its owner alone. One by one: Node's `recursive` never ends if the system
 * answers ENOENT for a place that takes no folder, as Linux does below /proc.
 */
export async function makeFolder(path: string): Promise<void> {
  if ((await stat(path).catch(() => undefined))?.isDirectory()) return;
  const above = dirname(path);
  if (above !== path) await makeFolder(above);
  await mkdir(path, { mode: 0o700 }).catch((error: unknown) => {
    // Another process made it first.
    if (!isSystemError(error) || error.code !== 'EEXIST') throw fileTrouble(path, error);
  });
}
