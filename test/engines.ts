import { globSync, readFileSync } from 'node:fs';
import { findDynamoDbLocal } from '#local/engine/dynamodb-local.ts';
import { findDynoxide } from '#local/engine/dynoxide.ts';

/** Where the app's behaviour is tested. */
const behaviour = 'test/{operations,faults,journeys}/**/*.test.ts';

/** The tag of what depends on the engine: on its transactions, conditions, races, indexes and streams. */
export const engineTag = 'engine';

/** A file is tagged as a whole by its first line, or holds tests that are. */
const isTagged = (file: string): boolean =>
  /^\/\*\* @module-tag engine \*\/$|tags: 'engine'/m.test(readFileSync(file, 'utf8'));

/** The engines, the default one first: the first that runs here. */
export async function engines(): Promise<{ store: 'dynoxide' | 'dynamodb-local'; isHere: boolean }[]> {
  const all = [
    { store: 'dynoxide' as const, isHere: (await findDynoxide()) !== undefined },
    { store: 'dynamodb-local' as const, isHere: (await findDynamoDbLocal()) !== undefined },
  ];
  return all.toSorted((a, b) => Number(b.isHere) - Number(a.isHere));
}

/** What depends on the engine of the tests in some files. */
export const taggedIn = (pattern: string): { include: string[]; tagsFilter: string[] } => ({
  include: globSync(pattern).filter(isTagged),
  tagsFilter: [engineTag],
});

/** What runs on an engine: everything on the default one, and in a proof; else what depends on the engine. */
export const testsOn = (isDefault: boolean): { include: string[]; tagsFilter?: string[] } =>
  isDefault || process.env['LATCHKEY_PROVE'] ? { include: [behaviour] } : taggedIn(behaviour);
