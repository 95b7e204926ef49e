import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { buildDirectory } from './bundle/bundle.ts';
import type { Entry } from './entry.ts';
import { isLocal, readSettings } from './settings/settings.ts';
import type { SettingsFile } from './settings/settings-file.ts';
import { createStacks } from './stacks/stacks.ts';

/** Writes the templates of a deployment to `outdir`, with the bundles that exist already. */
export function synthesize(
  context: Record<string, unknown>,
  outdir: string,
  entries: readonly Entry[],
  file?: SettingsFile,
): CloudAssembly {
  const app = new App({
    context,
    outdir,
    analyticsReporting: false,
    autoSynth: false,
    stackTraces: false,
    treeMetadata: false,
    // The check against CloudFormation's schemas takes a second, and no local start needs it.
    builtinCloudFormationValidation: !isLocal(context),
  });
  createStacks(app, readSettings(app.node.getAllContext(), file), entries, (id) => join(buildDirectory, id));
  return app.synth();
}
