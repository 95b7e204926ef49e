import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { instrument, type Mutant } from './instrument.ts';
import { openSwitch, switchSource } from './switch.ts';

export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The project's files as they are now, uncommitted ones included. */
export const projectFiles = (...paths: string[]): string[] =>
  execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...paths], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\0')
    .filter(Boolean);

/** The mutants of some files, numbered in the order of the files. */
export function mutantsIn(files: readonly string[]): Mutant[] {
  const mutants: Mutant[] = [];
  for (const file of files)
    mutants.push(...instrument(file, readFileSync(join(root, file), 'utf8'), mutants.length + 1).mutants);
  return mutants;
}

export interface Sandbox {
  directory: string;
  switchFile: string;
  mutants: Mutant[];
  /** The hash of all files in it. */
  hash: string;
}

/**
 * A copy of the project with every mutant of the `mutated` files behind its switch. Bundles, threads and tests of the copy are made as
 * usual, so that the project itself knows nothing of mutants.
 */
export function makeSandbox(mutated: readonly string[]): Sandbox {
  const directory = mkdtempSync(join(tmpdir(), 'latchkey-mutants-'));
  const switchFile = join(directory, 'switch');
  const mutants: Mutant[] = [];
  const hash = createHash('sha256');
  for (const file of projectFiles()) {
    const content = readFileSync(join(root, file));
    hash.update(`${file} ${content.length} `).update(content);
    const made = mutated.includes(file) && instrument(file, content.toString(), mutants.length + 1);
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), made ? made.code : content);
    if (made) mutants.push(...made.mutants);
  }
  openSwitch(switchFile, mutants.length).close();
  writeFileSync(join(directory, 'shared/mutant.mjs'), switchSource(switchFile));
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
  return { directory, switchFile, mutants, hash: hash.digest('hex').slice(0, 16) };
}
