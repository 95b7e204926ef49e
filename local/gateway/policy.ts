import * as z from 'zod/mini';
import type { Permission } from './permission.ts';
import type { Template } from '../template/template.ts';

/** One statement of an IAM policy. */
export interface Statement {
  effect: 'Allow' | 'Deny';
  actions: readonly string[];
  resources: readonly string[];
}

const list = z.pipe(
  z.union([z.string(), z.array(z.string())]),
  z.transform((value) => (typeof value === 'string' ? [value] : value)),
);
// Strict, so that a condition or a `NotAction` stops the stack instead of being ignored.
const statementSchema = z.strictObject({
  Sid: z.optional(z.string()),
  Effect: z.enum(['Allow', 'Deny']),
  Action: list,
  Resource: list,
});
const documentSchema = z.object({
  Statement: z.pipe(
    z.union([statementSchema, z.array(statementSchema)]),
    z.transform((value) => (Array.isArray(value) ? value : [value])),
  ),
});
const trustSchema = z.strictObject({
  Effect: z.literal('Allow'),
  Principal: z.strictObject({ Service: z.string() }),
  Action: z.literal('sts:AssumeRole'),
});
const roleSchema = z.object({
  AssumeRolePolicyDocument: z.object({ Statement: z.array(trustSchema) }),
  Policies: z._default(z.array(z.object({ PolicyDocument: documentSchema })), []),
});
const policySchema = z.object({ PolicyDocument: documentSchema, Roles: z._default(z.array(z.string()), []) });

const statementsOf = ({ Statement }: z.output<typeof documentSchema>): Statement[] =>
  Statement.map(({ Effect, Action, Resource }) => ({ effect: Effect, actions: Action, resources: Resource }));

/** The statements of every role, by the role's name: those inside it and those attached to it. */
export function readPolicies(template: Template): Map<string, Statement[]> {
  const attached = template
    .resources('AWS::IAM::Policy')
    .map(({ properties }) => policySchema.parse(properties));
  return new Map(
    template
      .resources('AWS::IAM::Role')
      .map(({ physicalId, properties }) => [
        physicalId,
        [
          ...roleSchema.parse(properties).Policies.map(({ PolicyDocument }) => PolicyDocument),
          ...attached
            .filter(({ Roles }) => Roles.includes(physicalId))
            .map(({ PolicyDocument }) => PolicyDocument),
        ].flatMap(statementsOf),
      ]),
  );
}

/** The services that may take each role, by the role's name. */
export const readTrust = (template: Template): Map<string, string[]> =>
  new Map(
    template.resources('AWS::IAM::Role').map(({ physicalId, properties }) => {
      const { Statement } = roleSchema.parse(properties).AssumeRolePolicyDocument;
      return [physicalId, Statement.map(({ Principal }) => Principal.Service)];
    }),
  );

const escaped = (text: string): string => text.replaceAll(/[\\^$.|+()[\]{}]/g, '\\$&');
const patterns = new Map<string, RegExp>();

/** IAM's wildcards: `*` any characters, `?` one. */
function matches(pattern: string, value: string, flags: string): boolean {
  if (!/[*?]/.test(pattern) && flags === '') return pattern === value;
  const key = `${flags} ${pattern}`;
  let compiled = patterns.get(key);
  if (compiled === undefined) {
    compiled = new RegExp(`^${escaped(pattern).replaceAll('*', '.*').replaceAll('?', '.')}$`, `s${flags}`);
    patterns.set(key, compiled);
  }
  return compiled.test(value);
}

const covers = ({ actions, resources }: Statement, { action, resource }: Permission): boolean =>
  actions.some((pattern) => matches(pattern, action, 'i')) &&
  resources.some((pattern) => matches(pattern, resource, ''));

/** Whether the statements grant the permission: some statement allows it and none denies it. */
export function allows(statements: readonly Statement[], permission: Permission): boolean {
  const covering = statements.filter((statement) => covers(statement, permission));
  return covering.length > 0 && covering.every(({ effect }) => effect === 'Allow');
}

/** The statements without what they allow of `action`; wildcards that cover it are given up as well. */
export function withoutAction(statements: readonly Statement[], action: string): Statement[] {
  return statements.map((statement) =>
    statement.effect === 'Deny'
      ? statement
      : { ...statement, actions: statement.actions.filter((pattern) => !matches(pattern, action, 'i')) },
  );
}
