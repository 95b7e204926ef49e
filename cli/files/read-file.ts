import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { wrongUsage, type CommandError } from '../failures.ts';
import { isSystemError, reasonOf } from './system-error.ts';

/** The system's error about a file, as a message for the user. */
export function fileTrouble(path: string, error: unknown): CommandError {
  if (!isSystemError(error)) throw error;
  return wrongUsage(`${path}: ${reasonOf(error)}.`);
}

/** The bytes of a file that the user named; `-` is standard input. */
export async function readNamed(path: string): Promise<Buffer> {
  if (path === '-') return await buffer(process.stdin);
  return await readFile(path).catch((error: unknown) => {
    throw fileTrouble(path, error);
  });
}

/** The text of a file; undefined when it is not there. */
export async function readIfThere(path: string): Promise<string | undefined> {
  return await readFile(path, 'utf8').catch((error: unknown) => {
    if (isSystemError(error) && error.code === 'ENOENT') return undefined;
    throw fileTrouble(path, error);
  });
}
