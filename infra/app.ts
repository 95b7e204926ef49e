import { bundle } from './bundle/bundle.ts';
import { readContext, type Context } from './context.ts';
import { reportMistakes } from './mistakes.ts';
import { findOperations } from './operations.ts';
import { isLocal, readSettings, stageOf } from './settings/settings.ts';
import { readSettingsFile } from './settings/settings-file.ts';
import { synthesize } from './synthesize.ts';

const { CDK_CONTEXT_JSON: handedOver = '{}', CDK_OUTDIR: outdir = 'cdk.out' } = process.env;

/** Of the templates to write: one, or several that are made of the same bundles (local/build.ts). */
const deployments: { context: Context; outdir: string }[] = process.env['LATCHKEY_DEPLOYMENTS']
  ? (JSON.parse(process.env['LATCHKEY_DEPLOYMENTS']) as { context: Context; outdir: string }[])
  : [{ context: JSON.parse(handedOver) as Context, outdir }];

await reportMistakes(async () => {
  const wanted = deployments.map((one) => {
    const context = { ...readContext(), ...one.context };
    // CDK and npm run this in the directory of `cdk.json`. The local stack has no settings of an operator.
    const file = isLocal(context) ? undefined : readSettingsFile(process.cwd(), stageOf(context));
    return { context, outdir: one.outdir, file };
  });
  // Mistakes are told at once, and not after all functions are bundled.
  for (const { context, file } of wanted) readSettings(context, file);
  const entries = findOperations();
  await bundle(entries);
  for (const { context, outdir, file } of wanted) synthesize(context, outdir, entries, file);
});
