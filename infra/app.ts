import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { buildDirectory, bundle } from './bundle.ts';
import { reportMistakes } from './mistakes.ts';
import { findOperations } from './operations.ts';
import { isLocal, readSettings } from './settings.ts';
import { createStacks } from './stacks.ts';

type Context = Record<string, unknown>;

/** `cdk.json` is read here too, so that the app can be run without the CDK's command line, which hands it over. */
const { context } = JSON.parse(readFileSync(new URL('../cdk.json', import.meta.url), 'utf8')) as {
  context: Context;
};
const handedOver = JSON.parse(process.env['CDK_CONTEXT_JSON'] ?? '{}') as Context;

await reportMistakes(async () => {
  const app = new App({
    context,
    outdir: process.env['CDK_OUTDIR'] ?? 'cdk.out',
    analyticsReporting: false,
    autoSynth: false,
    stackTraces: false,
    treeMetadata: false,
    // A second of checking against CloudFormation's schemas, which no local start needs.
    builtinCloudFormationValidation: !isLocal(handedOver),
  });
  const settings = readSettings(app.node.getAllContext());
  const entries = findOperations();
  // The local stack makes several variants of the template from one bundle.
  if (!process.env['LATCHKEY_BUNDLED']) await bundle(entries);
  createStacks(app, settings, entries, (id) => join(buildDirectory, id));
  app.synth();
});
