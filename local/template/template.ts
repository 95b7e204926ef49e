import { account } from './arn.ts';
import { readAssembly, type Stack } from './assembly.ts';
import { arnOf, attributeOf, refOf, type Identity, type TemplateContext } from './attributes.ts';
import { resolve, type Scope } from './intrinsics.ts';
import { ownName, shortName } from './names.ts';

export interface Resource extends Identity {
  stack: string;
  /** The resource's name in the code, such as `users` or `invite-verify`; the logical id if two resources would share the name. */
  name: string;
  /** Undefined for types without one. */
  arn: string | undefined;
  /** Resolved when first read, so that an unread resource may hold unsupported functions. */
  readonly properties: unknown;
}

export interface Template {
  region: string;
  /** All resources of all stacks, or those of the given types. */
  resources(...types: string[]): Resource[];
  /** The directory of the asset with this `S3Key`. */
  asset(s3Key: string): string;
}

export interface TemplateOptions {
  /** Address at which the HTTP API will be served. */
  apiUrl: string;
  /** Address at which the function that streams will be. */
  relayUrl: string;
  /** A prefix of every physical name that the template does not set, so that stacks can share one store. */
  prefix?: string;
}

const pseudo = (stack: string, region: string): Record<string, string> => ({
  'AWS::AccountId': account,
  'AWS::Partition': 'aws',
  'AWS::Region': region,
  'AWS::StackName': stack,
  'AWS::StackId': `arn:aws:cloudformation:${region}:${account}:stack/${stack}/local`,
  'AWS::URLSuffix': 'amazonaws.com',
});

/** The short name if only one resource of the type has it, else the logical id. */
function namesOf(stacks: readonly Stack[]): (type: string, logicalId: string) => string {
  const seen = new Map<string, number>();
  const key = (type: string, logicalId: string): string => `${type} ${shortName(type, logicalId)}`;
  for (const [logicalId, { Type }] of stacks.flatMap(({ resources }) => [...resources])) {
    seen.set(key(Type, logicalId), (seen.get(key(Type, logicalId)) ?? 0) + 1);
  }
  return (type, logicalId) => (seen.get(key(type, logicalId)) === 1 ? shortName(type, logicalId) : logicalId);
}

/** Reads what `cdk synth` wrote into `dir` and gives every resource its local name, with all references resolved. */
export function readTemplate(dir: string, { apiUrl, relayUrl, prefix = '' }: TemplateOptions): Template {
  const assembly = readAssembly(dir);
  const { region, assets } = assembly;
  const context: TemplateContext = { region, apiUrl, relayUrl };
  const nameOf = namesOf(assembly.stacks);
  const byStack = new Map<string, Map<string, Resource>>();

  const find = (stack: string, logicalId: string): Resource => {
    const resource = byStack.get(stack)?.get(logicalId);
    if (resource === undefined) throw new Error(`${stack} has no resource ${logicalId}`);
    return resource;
  };
  const outputOf = (stack: string, output: string): unknown => {
    const outputs = assembly.stacks.find(({ name }) => name === stack)?.outputs;
    if (!outputs?.has(output)) throw new Error(`${stack} has no output ${output}`);
    return resolve(outputs.get(output), scopeOf(stack));
  };
  const scopeOf = (stack: string): Scope => ({
    ref(name) {
      const resource = byStack.get(stack)?.get(name);
      if (resource !== undefined) return refOf(resource, context);
      const parameters = assembly.stacks.find((one) => one.name === stack)?.parameters;
      return pseudo(stack, region)[name] ?? parameters?.get(name);
    },
    attribute: (logicalId, attribute) => attributeOf(find(stack, logicalId), attribute, context),
    stackOutput: outputOf,
  });
  const resourcesOf = ({ name: stack, resources }: Stack): [string, Resource][] =>
    [...resources].map(([logicalId, { Type: type, Properties }]) => {
      const name = nameOf(type, logicalId);
      const identity = {
        type,
        logicalId,
        physicalId: ownName(type, Properties) ?? `${prefix}${name}`,
        ...(typeof Properties['Path'] === 'string' && { path: Properties['Path'] }),
      };
      let properties: unknown;
      return [
        logicalId,
        {
          ...identity,
          stack,
          name,
          arn: arnOf(identity, context),
          get properties() {
            return (properties ??= resolve(Properties, scopeOf(stack)));
          },
        },
      ];
    });

  for (const stack of assembly.stacks) byStack.set(stack.name, new Map(resourcesOf(stack)));
  const all = [...byStack.values()].flatMap((resources) => [...resources.values()]);

  return {
    region,
    resources: (...types) => (types.length === 0 ? all : all.filter(({ type }) => types.includes(type))),
    asset(s3Key) {
      const path = assets.get(s3Key);
      if (path === undefined) throw new Error(`the assembly has no asset ${s3Key}`);
      return path;
    },
  };
}
