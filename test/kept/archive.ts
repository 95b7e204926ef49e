import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Known } from './live-there.ts';

/** A data directory of a release, with the names and secrets that a later release needs to use it. */
interface Archive {
  /** The time on the stack's clock at the end, in milliseconds. */
  at: number;
  known: Known;
  /** Contents in base64, by file name. */
  files: Record<string, string>;
}

const directory = fileURLToPath(new URL('./', import.meta.url));
const ending = '.json.gz';

/** The releases whose data are kept. */
export const keptReleases = (): string[] =>
  readdirSync(directory)
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length));

/** Keeps a data directory that no stack uses. @returns the size of the archive in bytes. */
export function keep(version: string, from: string, { at, known }: Omit<Archive, 'files'>): number {
  const names = readdirSync(from).filter((name) => name !== 'lock' && name !== 'pid');
  const files = Object.fromEntries(names.map((name) => [name, readFileSync(join(from, name), 'base64')]));
  const packed = gzipSync(JSON.stringify({ at, known, files } satisfies Archive), { level: 9 });
  writeFileSync(join(directory, `${version}${ending}`), packed);
  return packed.length;
}

/** Restores a data directory from the archive of a release. */
export function unpack(version: string, to: string): Omit<Archive, 'files'> {
  const packed = readFileSync(join(directory, `${version}${ending}`));
  const { at, known, files } = JSON.parse(gunzipSync(packed).toString()) as Archive;
  mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(to, name), content, 'base64');
  return { at, known };
}
