import { readFileSync } from 'node:fs';

/** What CDK gets besides the code, including the settings. */
export type Context = Record<string, unknown>;

/** The context of `cdk.json`. CDK's command line passes it on; code that runs without that command line reads it here. */
export const readContext = (): Context =>
  (JSON.parse(readFileSync(new URL('../cdk.json', import.meta.url), 'utf8')) as { context: Context }).context;
