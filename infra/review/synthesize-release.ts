import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import type { Entry } from '../entry.ts';
import { findOperations } from '../operations.ts';
import { readsFile } from '../bundle/settings-read.ts';
import { readSettings } from '../settings/settings.ts';
import { createStacks } from '../stacks/stacks.ts';

type Stacks = ReturnType<typeof createStacks>;

interface Release {
  settings: Record<string, unknown>;
  entries?: readonly Entry[];
  /** Changes resources before the templates are written. */
  change?(stacks: Stacks): void;
}

/** The directory of a deployment's templates, within the deployment's own directory. */
export const assemblyIn = (directory: string): string => join(directory, 'assembly');

/**
 * Writes the templates of a deployment below `directory`. Its functions have empty bundles, as no template contains
 * their code.
 */
export function synthesizeRelease(
  directory: string,
  { settings, entries = findOperations(), change }: Release,
): App {
  const code = join(directory, 'code');
  mkdirSync(code, { recursive: true });
  writeFileSync(join(code, 'index.cjs'), '');
  writeFileSync(join(code, readsFile), '[]');
  const app = new App({
    outdir: assemblyIn(directory),
    analyticsReporting: false,
    stackTraces: false,
    treeMetadata: false,
    // `npm run synth` runs this validation, and cfn-lint checks more.
    builtinCloudFormationValidation: false,
  });
  const stacks = createStacks(app, readSettings({ latchkey: settings }), entries, () => code);
  change?.(stacks);
  app.synth();
  return app;
}
