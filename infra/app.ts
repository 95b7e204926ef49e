import { bundle } from './bundle/bundle.ts';
import { readContext, type Context } from './context.ts';
import { reportMistakes } from './mistakes.ts';
import { findOperations } from './operations.ts';
import { isLocal, readSettings, stageOf } from './settings/settings.ts';
import { readSettingsFile } from './settings/settings-file.ts';
import { synthesize } from './synthesize.ts';

const { CDK_CONTEXT_JSON: handedOver = '{}', CDK_OUTDIR: outdir = 'cdk.out' } = process.env;

/** The deployments whose templates to write: one, or several that share the same bundles (local/stack/build.ts). */
const deployments: { context: Context; outdir: string }[] = process.env['LATCHKEY_DEPLOYMENTS']
  ? (JSON.parse(process.env['LATCHKEY_DEPLOYMENTS']) as { context: Context; outdir: string }[])
  : [{ context: JSON.parse(handedOver) as Context, outdir }];

await reportMistakes(async () => {
  const wanted = deployments.map((one) => {
    const context = { ...readContext(), ...one.context };
    // CDK and npm run this in the directory of `cdk.json`. The local stack uses no settings file of an operator.
    const file = isLocal(context) ? undefined : readSettingsFile(process.cwd(), stageOf(context));
    return { context, outdir: one.outdir, file };
  });
  // Reports mistakes in the settings before all functions are bundled, not after.
  for (const { context, file } of wanted) readSettings(context, file);
  const entries = findOperations();
  await bundle(entries);
  for (const { context, outdir, file } of wanted) synthesize(context, outdir, entries, file);
});
