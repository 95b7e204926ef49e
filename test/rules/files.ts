import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Files below the repository's folder, with forward slashes. */
export const files = (pattern: string): string[] =>
  globSync(pattern, { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .toSorted();

export const read = (file: string): string => readFileSync(`${root}${file}`, 'utf8');

export const source = files('{functions,shared,infra,web,local,cli,bench,examples}/**/*.{ts,tsx,mjs}');
