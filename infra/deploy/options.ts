import { existsSync } from 'node:fs';
import { readContext, type Context } from '../context.ts';
import { stageOf } from '../settings/settings.ts';
import { settingsFileName } from '../settings/settings-file.ts';

/** What the operator's commands take on their command line. */
export interface Options {
  stage?: string;
  context?: readonly string[];
  /** Set by commands that make, change or delete a deployment, and by `diff`: these need settings that were given explicitly. */
  purpose?: 'deploy' | 'destroy';
}

/** The context of `cdk.json` and of the command line. A key on the command line that nothing reads is a mistake and is not ignored. */
export function contextOf({ stage, context = [] }: Options, directory: string): Told {
  const wrong: string[] = [];
  const told: Context = {};
  for (const pair of context) {
    const [, key = '', value = ''] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
    const mistake =
      key === '' ? `-c ${pair} has no value: -c latchkey:SETTING=VALUE` : mistakeInKey(key, value);
    if (mistake) wrong.push(mistake);
    else told[key] = value;
  }
  if (stage !== undefined) {
    const name = settingsFileName(stage);
    if (!existsSync(`${directory}/${name}`)) wrong.push(missing(name));
    if ((told[stageKey] ?? stage) !== stage) wrong.push('--stage and -c latchkey:stage name two stages.');
    told[stageKey] = stage;
  }
  const all = { ...readContext(), ...told };
  const name = settingsFileName(stageOf(all));
  const isTold =
    stage !== undefined ||
    existsSync(`${directory}/${name}`) ||
    Object.keys(told).some((key) => key.startsWith('latchkey:') && key !== stageKey);
  return { context: all, mistakes: wrong, missing: isTold ? [] : [missing(name)] };
}

interface Told {
  context: Context;
  mistakes: readonly string[];
  /** A sentence if neither a file nor the command line describes the deployment. */
  missing: readonly string[];
}

/** The defaults alone would give another, empty deployment, or one that takes mail and address from the existing one. */
const missing = (name: string): string =>
  `There is no ${name} here: bring the file of the deployment; for a first one copy latchkey.example.json to it.`;

const stageKey = 'latchkey:stage';

function mistakeInKey(key: string, value: string): string | undefined {
  // This setting lifts the limits of a deployment.
  if (key === 'latchkey:local') return 'latchkey:local is for the local stack: npm start.';
  if (key.startsWith('latchkey:') || key.startsWith('@aws-cdk/')) return undefined;
  return `-c ${key} is read by nothing; a setting is written -c latchkey:${key}=${value}`;
}
