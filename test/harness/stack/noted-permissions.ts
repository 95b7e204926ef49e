import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { Stack } from '#local/stack/running-stack.ts';

const files = new Map<Stack['usedPermissions'], string>();

/** Notes what the functions of a stack have used of their policies so far, for the test that comes after all others. */
export function notePermissions({ usedPermissions }: Stack): void {
  const directory = inject('permissionsDirectory');
  mkdirSync(directory, { recursive: true });
  const file = files.get(usedPermissions) ?? join(directory, `${process.pid}-${files.size}.json`);
  files.set(usedPermissions, file);
  writeFileSync(file, JSON.stringify([...usedPermissions()]));
}

/** What was noted in this run, taken together. */
export const notedPermissions = (): Set<string> =>
  new Set(
    globSync(join(inject('permissionsDirectory'), '*.json')).flatMap(
      (file) => JSON.parse(readFileSync(file, 'utf8')) as string[],
    ),
  );
