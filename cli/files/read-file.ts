import { readFile } from 'node:fs/promises';
import { wrongUsage } from '../failures.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'no permission',
};

/** What the system says about a file, in words. */
export function fileTrouble(path: string, error: unknown): Error {
  if (!(error instanceof Error) || !('code' in error)) throw error;
  return wrongUsage(`${path}: ${reasons[String(error.code)] ?? error.message}.`);
}

/** The bytes of a file that the user named. */
export async function readNamed(path: string): Promise<Buffer> {
  return await readFile(path).catch((error: unknown) => {
    throw fileTrouble(path, error);
  });
}

/** The text of a file; undefined when it is not there. */
export async function readIfThere(path: string): Promise<string | undefined> {
  return await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw fileTrouble(path, error);
  });
}
