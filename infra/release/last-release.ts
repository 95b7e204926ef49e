import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { factsSchema, type Facts } from './facts.ts';

/** The directory with a file for each release, which `npm run release` writes. */
export const releaseDirectory = fileURLToPath(new URL('../../test/infra/release/', import.meta.url));

const inOrder = new Intl.Collator('en', { numeric: true });

/** The newest release that is noted, other than `version`. */
export function lastRelease(version?: string): { version: string; facts: Facts } | undefined {
  const last = readdirSync(releaseDirectory)
    .filter((name) => /^\d+\.\d+\.\d+\.json$/.test(name) && name !== `${version}.json`)
    .toSorted(inOrder.compare)
    .at(-1);
  if (last === undefined) return undefined;
  const facts = factsSchema.parse(JSON.parse(readFileSync(join(releaseDirectory, last), 'utf8')));
  return { version: last.slice(0, -'.json'.length), facts };
}
