import { open, type FileHandle } from 'node:fs/promises';
import { fileTrouble } from '../files/read-file.ts';

/** Permissions of the group and of all other users. Windows keeps them elsewhere than in the mode. */
const ofOthers = process.platform === 'win32' ? 0 : 0o077;

/** Makes a file private if other users could read it, and says so, because they may have read it. */
async function makePrivate(file: FileHandle, path: string, say: (line: string) => void): Promise<void> {
  const { mode } = await file.stat();
  if ((mode & ofOthers) === 0) return;
  // Some file systems accept a change of permissions and ignore it.
  const isDone = await file
    .chmod(0o600)
    .then(async () => ((await file.stat()).mode & ofOthers) === 0)
    .catch(() => false);
  say(
    isDone
      ? `Others on this machine could read ${path}, which is now yours alone. If somebody may have, sign in again: that ends this session.`
      : `Others on this machine can read ${path}: take their permissions away, and sign in again.`,
  );
}

/** The text of a file that only its owner may read; undefined if there is no such file. */
export async function readPrivate(path: string, say: (line: string) => void): Promise<string | undefined> {
  let file: FileHandle;
  try {
    file = await open(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw fileTrouble(path, error);
  }
  try {
    await makePrivate(file, path, say);
    return await file.readFile('utf8');
  } catch (error) {
    throw fileTrouble(path, error);
  } finally {
    await file.close();
  }
}
