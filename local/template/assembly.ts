import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';

/** A resource as written in the template, with its intrinsic functions. */
export interface RawResource {
  Type: string;
  Properties: Record<string, unknown>;
}

export interface Stack {
  name: string;
  resources: Map<string, RawResource>;
  parameters: Map<string, unknown>;
  /** Values by logical id. */
  outputs: Map<string, unknown>;
}

/** The output of `cdk synth`: templates, and the paths of the assets. */
export interface Assembly {
  stacks: Stack[];
  /** The region that the stacks are synthesized for. */
  region: string;
  /** Directories of the assets, by the `S3Key` that the template gives. */
  assets: Map<string, string>;
}

const object = z.record(z.string(), z.unknown());
const templateSchema = z.object({
  Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z._default(object, {}) })),
  Parameters: z._default(z.record(z.string(), z.object({ Default: z.optional(z.unknown()) })), {}),
  Outputs: z._default(z.record(z.string(), z.object({ Value: z.unknown() })), {}),
});
const assetsSchema = z.object({
  files: z.record(z.string(), z.object({ source: z.object({ path: z.string() }), destinations: object })),
});
const manifestSchema = z.object({
  artifacts: z.record(z.string(), z.object({ environment: z.optional(z.string()) })),
});

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

function readStack(dir: string, file: string): Stack {
  const template = templateSchema.parse(readJson(join(dir, file)));
  return {
    name: file.slice(0, -'.template.json'.length),
    resources: new Map(Object.entries(template.Resources)),
    parameters: new Map(Object.entries(template.Parameters).map(([name, { Default }]) => [name, Default])),
    outputs: new Map(Object.entries(template.Outputs).map(([name, { Value }]) => [name, Value])),
  };
}

function readAssets(dir: string, file: string): [string, string][] {
  const { files } = assetsSchema.parse(readJson(join(dir, file)));
  return Object.entries(files).map(([hash, { source }]) => [`${hash}.zip`, join(dir, source.path)]);
}

function readRegion(dir: string): string | undefined {
  const file = join(dir, 'manifest.json');
  if (!existsSync(file)) return undefined;
  const { artifacts } = manifestSchema.parse(readJson(file));
  const environment = Object.values(artifacts).find((artifact) => artifact.environment)?.environment;
  const region = environment?.split('/').at(-1);
  return region === 'unknown-region' ? undefined : region;
}

/** Reads a directory that `cdk synth` wrote. */
export function readAssembly(dir: string): Assembly {
  if (!existsSync(dir)) throw new Error(`there is no assembly at ${dir}`);
  const files = readdirSync(dir);
  const ending = (end: string): string[] => files.filter((file) => file.endsWith(end)).sort();
  return {
    stacks: ending('.template.json').map((file) => readStack(dir, file)),
    region: readRegion(dir) ?? 'us-east-1',
    assets: new Map(ending('.assets.json').flatMap((file) => readAssets(dir, file))),
  };
}
