import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { Stack } from '#local/stack/running-stack.ts';

const files = new Map<Stack['usedPermissions'], string>();

/** Notes the permissions that a stack's functions have used so far, for the test that runs after all others. */
export function notePermissions({ usedPermissions }: Stack): void {
  const directory = inject('permissionsDirectory');
  mkdirSync(directory, { recursive: true });
  const file = files.get(usedPermissions) ?? join(directory, `${process.pid}-${files.size}.json`);
  files.set(usedPermissions, file);
  writeFileSync(file, JSON.stringify([...usedPermissions()]));
}

/** All permissions that were noted in this run. */
export const notedPermissions = (): Set<string> =>
  new Set(
    globSync(join(inject('permissionsDirectory'), '*.json')).flatMap(
      (file) => JSON.parse(readFileSync(file, 'utf8')) as string[],
    ),
  );
