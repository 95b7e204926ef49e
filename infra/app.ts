import { bundle } from './bundle/bundle.ts';
import { readContext, type Context } from './context.ts';
import { reportMistakes } from './mistakes.ts';
import { findOperations } from './operations.ts';
import { isLocal, stageOf } from './settings/settings.ts';
import { readSettingsFile } from './settings/settings-file.ts';
import { synthesize } from './synthesize.ts';

const { CDK_CONTEXT_JSON: handedOver = '{}', CDK_OUTDIR: outdir = 'cdk.out' } = process.env;

/** Of the templates to write: one, or several that are made of the same bundles (local/build.ts). */
const deployments: { context: Context; outdir: string }[] = process.env['LATCHKEY_DEPLOYMENTS']
  ? (JSON.parse(process.env['LATCHKEY_DEPLOYMENTS']) as { context: Context; outdir: string }[])
  : [{ context: JSON.parse(handedOver) as Context, outdir }];

await reportMistakes(async () => {
  const entries = findOperations();
  await bundle(entries);
  for (const one of deployments) {
    const context = { ...readContext(), ...one.context };
    // CDK and npm run this in the directory of `cdk.json`. The local stack has no settings of an operator.
    const file = isLocal(context) ? undefined : readSettingsFile(process.cwd(), stageOf(context));
    synthesize(context, one.outdir, entries, file);
  }
});
