import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { files, root } from '../rules/files.ts';

/** Directories that are not sources: installed, built, or kept from a run. */
const left = new Set(['node_modules', '.git', '.build', '.local', 'cdk.out']);

/** A copy of the repository that a test may change, with the same dependencies. */
export function copyRepository(): { directory: string; remove: () => void } {
  const directory = mkdtempSync(join(tmpdir(), 'latchkey-copy-'));
  for (const name of files('{*,.*}'))
    if (!left.has(name)) cpSync(join(root, name), join(directory, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'), 'junction');
  return { directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
}
