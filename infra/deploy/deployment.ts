import { fileURLToPath } from 'node:url';
import type { DeploymentSettings } from '#shared/deployment/settings.ts';
import { bundle } from '../bundle/bundle.ts';
import type { Context } from '../context.ts';
import { Mistakes } from '../mistakes.ts';
import { findOperations } from '../operations.ts';
import { readSettings, stageOf } from '../settings/settings.ts';
import { readSettingsFile, type SettingsFile } from '../settings/settings-file.ts';
import { synthesize } from '../synthesize.ts';
import { doubtsAbout } from './doubts.ts';
import { contextOf, type Options } from './options.ts';

/** The repository's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface SynthesizedStack {
  name: string;
  region: string;
  template: Record<string, unknown>;
}

export interface Deployment {
  settings: DeploymentSettings;
  /** In the order in which they are deployed. */
  stacks: readonly SynthesizedStack[];
  /** The size of all bundles together. */
  codeBytes: number;
  /** The directory with templates and bundles that the CDK deploys. */
  assembly: string;
  /** Why a deployment would be refused, in sentences. `synth` and `doctor` do not refuse for that. */
  doubts: readonly string[];
}

interface Source extends Pick<Deployment, 'settings' | 'doubts'> {
  context: Context;
  file: SettingsFile | undefined;
}

/** The settings of the operator's file and command line. @throws Mistakes with all mistakes in both, before anything is built. */
export function settingsOf(options: Options, directory = root): Source {
  const { purpose } = options;
  const { context, mistakes, missing } = contextOf(options, directory);
  const file = readSettingsFile(directory, stageOf(context));
  const wrong = [...mistakes, ...(purpose ? missing : [])];
  let settings: DeploymentSettings | undefined;
  try {
    settings = readSettings(context, file);
  } catch (error) {
    if (!(error instanceof Mistakes)) throw error;
    wrong.push(...error.sentences);
  }
  const doubts = settings ? doubtsAbout(settings, directory) : [];
  if (purpose === 'deploy') wrong.push(...doubts);
  if (!settings || wrong.length > 0) throw new Mistakes(wrong);
  return { settings, context, file, doubts: [...missing, ...doubts] };
}

/** Writes the templates of a deployment, and copies of its bundles, to `assembly`. */
export async function synthesizeDeployment(
  options: Options,
  assembly: string,
  directory = root,
): Promise<Deployment> {
  const { settings, context, file, doubts } = settingsOf(options, directory);
  const entries = findOperations();
  const sizes = await bundle(entries);
  const { stacks } = synthesize(context, assembly, entries, file);
  return {
    settings,
    doubts,
    assembly,
    codeBytes: Object.values(sizes).reduce((sum, bytes) => sum + bytes, 0),
    stacks: stacks.map(({ stackName, environment, template }) => ({
      name: stackName,
      region: environment.region,
      template: template as Record<string, unknown>,
    })),
  };
}

/** The regions of all stacks, that of the settings first. */
export const regionsOf = ({ settings, stacks }: Pick<Deployment, 'settings' | 'stacks'>): string[] => [
  ...new Set([settings.region, ...stacks.map(({ region }) => region)]),
];
