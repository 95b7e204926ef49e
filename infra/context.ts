import { readFileSync } from 'node:fs';

/** What CDK knows besides the code, settings among it. */
export type Context = Record<string, unknown>;

/** The context of `cdk.json`; CDK's command line hands it over, and whoever runs without it reads it here. */
export const readContext = (): Context =>
  (JSON.parse(readFileSync(new URL('../cdk.json', import.meta.url), 'utf8')) as { context: Context }).context;
