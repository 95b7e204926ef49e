import { globSync, readFileSync } from 'node:fs';
import { findDynamoDbLocal } from '#local/engine/dynamodb-local.ts';
import { findDynoxide } from '#local/engine/dynoxide.ts';

/** Where the app's behaviour is tested. */
const behaviour = 'test/{operations,faults,journeys}/**/*.test.ts';

/** The tag of files that depend on the engine: on its transactions, conditions, races, indexes and streams. */
export const engineTag = 'engine';

const isTagged = (file: string): boolean =>
  readFileSync(file, 'utf8').startsWith(`/** @module-tag ${engineTag} */`);

export const tagged = (): string[] => globSync(behaviour).filter(isTagged);

/** The engines, the default one first: the first that runs here. */
export async function engines(): Promise<{ store: 'dynoxide' | 'dynamodb-local'; isHere: boolean }[]> {
  const all = [
    { store: 'dynoxide' as const, isHere: (await findDynoxide()) !== undefined },
    { store: 'dynamodb-local' as const, isHere: (await findDynamoDbLocal()) !== undefined },
  ];
  return all.toSorted((a, b) => Number(b.isHere) - Number(a.isHere));
}

/** The test files of an engine: all on the default one, and in a proof; else what depends on the engine. */
export const filesOn = (isDefault: boolean): string[] =>
  isDefault || process.env['LATCHKEY_PROVE'] ? [behaviour] : tagged();
