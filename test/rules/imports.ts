import { posix } from 'node:path';
import { files, read } from './files.ts';

/** One import of a file: another file of the repository, or a package. */
export interface Import {
  to: string;
  /** Whether it imports types only, so that nothing is loaded. */
  isType: boolean;
  /** Whether it is loaded when the code reaches the import, not with the file. */
  isDynamic: boolean;
}

const statement =
  /^(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm;

/** A specifier as a path from the repository's folder, or the package's name. */
function target(file: string, specifier: string): string {
  if (specifier.startsWith('#')) return specifier.slice(1);
  if (specifier.startsWith('.')) return posix.join(posix.dirname(file), specifier);
  return specifier;
}

/** Everything that a source file imports, dynamic imports included. */
export const importsOf = (file: string): Import[] =>
  [...read(file).matchAll(statement)].map(([, type, fixed, dynamic]) => ({
    to: target(file, fixed ?? dynamic!),
    isType: type !== undefined,
    isDynamic: dynamic !== undefined,
  }));

/** The packages and files that are loaded with a file, each with the chain of imports that leads to it. */
export function reachOf(file: string): Map<string, string[]> {
  const ways = new Map([[file, [file]]]);
  for (const [at, way] of ways) {
    if (!/\.(tsx?|mjs)$/.test(at)) continue;
    for (const { to, isType } of importsOf(at)) {
      if (!isType && !ways.has(to)) ways.set(to, [...way, to]);
    }
  }
  return ways;
}

/** Source files of a folder. */
export const sourcesOf = (folder: string): string[] => files(`${folder}/**/*.{ts,tsx,mjs}`);
