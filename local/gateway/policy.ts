import * as z from 'zod/mini';
import { conditionSchema, fulfils, listSchema, type Condition, type Context } from './condition.ts';
import type { Permission } from './permission.ts';
import type { Template } from '../template/template.ts';
import { matches } from './wildcard.ts';

/** One statement of an IAM policy. */
export interface Statement {
  effect: 'Allow' | 'Deny';
  actions: readonly string[];
  resources: readonly string[];
  condition?: Condition;
}

// Strict, so that a `NotAction` stops the stack instead of being ignored.
export const statementSchema = z.strictObject({
  Sid: z.optional(z.string()),
  Effect: z.enum(['Allow', 'Deny']),
  Action: listSchema,
  Resource: listSchema,
  Condition: z.optional(conditionSchema),
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

export const readStatement = ({
  Effect,
  Action,
  Resource,
  Condition,
}: z.output<typeof statementSchema>): Statement => ({
  effect: Effect,
  actions: Action,
  resources: Resource,
  ...(Condition && { condition: Condition }),
});

/** The statements of every role, by the role's ARN: those inside it and those attached to it. */
export function readPolicies(template: Template): Map<string, Statement[]> {
  const attached = template
    .resources('AWS::IAM::Policy')
    .map(({ properties }) => policySchema.parse(properties));
  return new Map(
    template
      .resources('AWS::IAM::Role')
      .map(({ physicalId, arn = '', properties }) => [
        arn,
        [
          ...roleSchema.parse(properties).Policies.map(({ PolicyDocument }) => PolicyDocument),
          ...attached
            .filter(({ Roles }) => Roles.includes(physicalId))
            .map(({ PolicyDocument }) => PolicyDocument),
        ].flatMap(({ Statement }) => Statement.map(readStatement)),
      ]),
  );
}

/** The services that may assume each role, by the role's ARN. */
export const readTrust = (template: Template): Map<string, string[]> =>
  new Map(
    template.resources('AWS::IAM::Role').map(({ arn = '', properties }) => {
      const { Statement } = roleSchema.parse(properties).AssumeRolePolicyDocument;
      return [arn, Statement.map(({ Principal }) => Principal.Service)];
    }),
  );

const covers = (
  { actions, resources, condition = {} }: Statement,
  { action, resource }: Permission,
  context: Context,
): boolean =>
  actions.some((pattern) => matches(pattern, action, 'i')) &&
  resources.some((pattern) => matches(pattern, resource)) &&
  fulfils(context, condition);

/** Whether the statements grant the permission in this context: at least one statement allows it and none denies it. */
export function allows(
  statements: readonly Statement[],
  permission: Permission,
  context: Context = {},
): boolean {
  const covering = statements.filter((statement) => covers(statement, permission, context));
  return covering.length > 0 && covering.every(({ effect }) => effect === 'Allow');
}

/** The statements without the actions that allow `action`. Wildcards that cover it are removed as well. */
export function withoutAction(statements: readonly Statement[], action: string): Statement[] {
  return statements.map((statement) =>
    statement.effect === 'Deny'
      ? statement
      : { ...statement, actions: statement.actions.filter((pattern) => !matches(pattern, action, 'i')) },
  );
}
