import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { afterAll } from 'vitest';
import type { Entry } from '#infra/entry.ts';
import { buildDirectory } from '#infra/bundle/bundle.ts';
import { readsFile } from '#infra/bundle/settings-read.ts';
import { readSettings } from '#infra/settings/settings.ts';
import { createStacks } from '#infra/stacks/stacks.ts';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export interface Resource {
  Type: string;
  Properties: Record<string, Json>;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
  DependsOn?: string[];
  Metadata?: Record<string, Record<string, string>>;
}

export interface Template {
  Resources: Record<string, Resource>;
  Outputs: Record<string, { Value: Json; Export?: unknown }>;
}

export interface Templates {
  stateful: Template;
  /** Empty if no mail goes out. */
  mail: Template;
  service: Template;
  /** Empty if no address gets the alarms. */
  monitoring: Template;
}

const made: string[] = [];
afterAll(() => made.forEach((directory) => rmSync(directory, { recursive: true })));

/** A directory that is deleted after the test file. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'latchkey-infra-'));
  made.push(directory);
  return directory;
}

/** The id of an operation's copy, for a deployment that contains the operation twice. */
export const cloned = (id: string): string => `${id}-clone`;

/** Names of the settings that an operation's real bundle reads; none for an operation of the tests. */
export function settingsReadBy(id: string): string[] {
  const file = join(buildDirectory, id.replace(/-clone$/, ''), readsFile);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as string[]) : [];
}

/** The templates of a deployment of `entries`, with one-line bundles in place of the real ones. */
export function synthesize(entries: readonly Entry[], settings: Record<string, unknown> = {}): Templates {
  const stacks = synthesizeAll(entries, settings);
  const template = (kind: keyof Templates): Template => stacks.get(kind) ?? { Resources: {}, Outputs: {} };
  return {
    stateful: template('stateful'),
    mail: template('mail'),
    service: template('service'),
    monitoring: template('monitoring'),
  };
}

/** All templates of a deployment by the kinds of their stacks, in the order of deployment. */
export function synthesizeAll(
  entries: readonly Entry[],
  settings: Record<string, unknown> = {},
): Map<string, Template> {
  const outdir = temporaryDirectory();
  const app = new App({
    outdir,
    analyticsReporting: false,
    stackTraces: false,
    treeMetadata: false,
    builtinCloudFormationValidation: false,
  });
  const codeOf = (id: string): string => {
    const directory = join(outdir, 'code', id);
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'index.cjs'), `exports.handler = '${id}';`);
    writeFileSync(join(directory, readsFile), JSON.stringify(settingsReadBy(id)));
    return directory;
  };
  createStacks(app, readSettings({ latchkey: settings }), entries, codeOf);
  const { stacks } = app.synth();
  return new Map(stacks.map(({ stackName, template }) => [kindOf(stackName), template as Template]));
}

/** The kind of a stack: `edge` for `latchkey-staging-edge-eu-central-1`. */
const kindOf = (stackName: string): string =>
  stackName
    .replace(/-[a-z]{2}(-[a-z]+)+-\d$/, '')
    .split('-')
    .at(-1)!;

/** Resources of one type with their logical ids. */
export const ofType = ({ Resources }: Template, type: string): [string, Resource][] =>
  Object.entries(Resources).filter(([, { Type }]) => Type === type);

/** The functions of a template by operation id, found in the way of the local host. */
export function functionsOf(template: Template): Map<string, { logicalId: string } & Resource> {
  return new Map(
    ofType(template, 'AWS::Lambda::Function').map(([logicalId, resource]) => {
      const tags = resource.Properties['Tags'] as { Key: string; Value: string }[];
      return [tags.find(({ Key }) => Key === 'latchkey:operation')!.Value, { logicalId, ...resource }];
    }),
  );
}

/**
 * A value of the templates as text, with its references as logical ids. It follows references to outputs of other stacks,
 * so that `{"Fn::GetStackOutput": …}` reads `${UsersTable.Arn}`.
 */
export function readable(value: Json, templates: Templates): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`not a text: ${JSON.stringify(value)}`);
  const [kind, argument] = Object.entries(value)[0]!;
  switch (kind) {
    case 'Ref':
      return `\${${argument as string}}`;
    case 'Fn::GetAtt':
      return `\${${(argument as string[]).join('.')}}`;
    case 'Fn::Sub':
      return argument as string;
    case 'Fn::Join':
      return (argument as [string, Json[]])[1]
        .map((part) => readable(part, templates))
        .join((argument as [string])[0]);
    case 'Fn::GetStackOutput': {
      const { StackName, OutputName } = argument as { StackName: string; OutputName: string };
      const kind = StackName.split('-').at(-1) as keyof Templates;
      const found = templates[kind]?.Outputs[OutputName];
      if (!found) throw new Error(`${StackName} has no output ${OutputName}`);
      return readable(found.Value, templates);
    }
    default:
      throw new Error(`unknown function ${kind}`);
  }
}
