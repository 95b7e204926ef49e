import { globSync, readFileSync } from 'node:fs';
import { findDynamoDbLocal } from '#local/engine/dynamodb-local.ts';
import { findDynoxide } from '#local/engine/dynoxide.ts';

/** The files that test the app's behaviour. */
const behaviour = 'test/{operations,faults,journeys}/**/*.test.ts';

/** The tag of tests that depend on the engine: on its transactions, conditions, races, indexes and streams. */
export const engineTag = 'engine';

/** A file is tagged as a whole by its first line, or holds tagged tests. */
const isTagged = (file: string): boolean =>
  /^\/\*\* @module-tag engine \*\/$|tags: 'engine'/m.test(readFileSync(file, 'utf8'));

/** The engines. The default is the first one that runs on this machine; it comes first. */
export async function engines(): Promise<{ store: 'dynoxide' | 'dynamodb-local'; isHere: boolean }[]> {
  const all = [
    { store: 'dynoxide' as const, isHere: (await findDynoxide()) !== undefined },
    { store: 'dynamodb-local' as const, isHere: (await findDynamoDbLocal()) !== undefined },
  ];
  return all.toSorted((a, b) => Number(b.isHere) - Number(a.isHere));
}

/** The tests in some files that depend on the engine. */
export const taggedIn = (pattern: string): { include: string[]; tagsFilter: string[] } => ({
  include: globSync(pattern).filter(isTagged),
  tagsFilter: [engineTag],
});

/** The tests that run on an engine: all on the default engine and in a proof, else those that depend on the engine. */
export const testsOn = (isDefault: boolean): { include: string[]; tagsFilter?: string[] } =>
  isDefault || process.env['LATCHKEY_PROVE'] ? { include: [behaviour] } : taggedIn(behaviour);
