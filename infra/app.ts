import { readFileSync } from 'node:fs';
import { bundle } from './bundle.ts';
import { reportMistakes } from './mistakes.ts';
import { findOperations } from './operations.ts';
import { synthesize } from './synthesize.ts';

type Context = Record<string, unknown>;

/** `cdk.json` is read here too, so that the app can be run without the CDK's command line, which hands it over. */
const { context } = JSON.parse(readFileSync(new URL('../cdk.json', import.meta.url), 'utf8')) as {
  context: Context;
};
const { CDK_CONTEXT_JSON: handedOver = '{}', CDK_OUTDIR: outdir = 'cdk.out' } = process.env;

/** Of the templates to write: one, or several that are made of the same bundles (local/build.ts). */
const deployments: { context: Context; outdir: string }[] = process.env['LATCHKEY_DEPLOYMENTS']
  ? (JSON.parse(process.env['LATCHKEY_DEPLOYMENTS']) as { context: Context; outdir: string }[])
  : [{ context: JSON.parse(handedOver) as Context, outdir }];

await reportMistakes(async () => {
  const entries = findOperations();
  await bundle(entries);
  for (const one of deployments) synthesize({ ...context, ...one.context }, one.outdir, entries);
});
