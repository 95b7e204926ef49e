import { globSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Job } from '#shared/operation/job.ts';
import type { Operation } from '#shared/operation/operation.ts';
import type { Stream } from '#shared/operation/stream.ts';
import { mistakesIn } from './check-operations.ts';
import type { Entry } from './entry.ts';
import { Mistakes } from './mistakes.ts';
import './bundle/text-imports.ts';

const functions = fileURLToPath(new URL('../functions', import.meta.url));

/** `functions/invite/verify.ts` is `invite-verify`. */
const operationIdOf = (file: string, root: string): string =>
  relative(root, file).replace(/\.ts$/, '').replaceAll(/[/\\]/g, '-');

/**
 * Reads every declaration below `directory`, sorted by id.
 * @throws Mistakes with all mistakes in them at once.
 */
export function findOperations(directory = functions): Entry[] {
  const root = resolve(directory);
  const files = globSync('**/*.ts', { cwd: root }).map((name) => join(root, name));
  const results = files.map((file) => readEntry(operationIdOf(file, root), file));
  const entries = results.filter((result) => typeof result !== 'string');
  const mistakes = [...results.filter((result) => typeof result === 'string'), ...mistakesIn(entries)];
  if (mistakes.length > 0) throw new Mistakes(mistakes.toSorted());
  return entries.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Node's own loader, also in tests: only that loader runs the hooks of `text-imports.ts`. */
const load = createRequire(import.meta.url);

/** The entry of a file, or the file's mistake. */
function readEntry(id: string, file: string): Entry | string {
  try {
    const { default: declaration } = load(file) as { default?: unknown };
    if (isDeclaration(declaration)) return { id, file, declaration };
    return `${id}: ${file} has no default export made by operation(), page(), job() or stream().`;
  } catch (error) {
    return `${id}: ${file} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`;
  }
}

const isDeclaration = (value: unknown): value is Operation | Job | Stream =>
  typeof value === 'object' && value !== null && 'kind' in value && 'uses' in value && 'run' in value;
