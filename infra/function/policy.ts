import type { CfnResource, Stack } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';

/** A statement of a role's policy. Made by `allow`, or with a written reason by `allowWildcard`. */
export interface Statement {
  /** Name of the statement, if a reason refers to it. */
  sid?: string;
  actions: readonly string[];
  resources: readonly string[];
  /** Why the statement has a wildcard. */
  reason?: string;
  /** The condition on a request, in IAM's form. */
  condition?: Condition;
}

export type Condition = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Exactly these actions on exactly these resources. */
export function allow(
  actions: readonly string[],
  resources: readonly string[],
  condition?: Condition,
): Statement {
  for (const word of [...actions, ...resources])
    if (word.includes('*')) throw new Error(`${word} is a wildcard, which wants a reason: use allowWildcard`);
  return { actions, resources, ...(condition && { condition }) };
}

/** Actions on resources whose names are not known at deployment; `reason` says why, in the template too. */
export const allowWildcard = (
  sid: string,
  reason: string,
  actions: readonly string[],
  resources: readonly string[],
  condition?: Condition,
): Statement => ({ sid, actions, resources, reason, ...(condition && { condition }) });

const metadataKey = 'latchkey:wildcards';

/** Writes into the template why `resource` has a wildcard at `place`, a statement's Sid or a property. */
export function explainWildcard(resource: CfnResource, place: string, reason: string): void {
  const others = (resource.getMetadata(metadataKey) ?? {}) as Record<string, string>;
  resource.addMetadata(metadataKey, { ...others, [place]: reason });
}

/** All reasons that `explainWildcard` wrote for a resource, as one text; undefined if there are none. */
export function reasonsFor(resource: CfnResource): string | undefined {
  const reasons = resource.getMetadata(metadataKey) as Record<string, string> | undefined;
  return reasons && Object.values(reasons).join(' ');
}

/** A role with its whole policy inline. Its path is the stack's name, by which the key policies recognise functions' roles. */
export function createRole(
  stack: Stack,
  id: string,
  service: string,
  statements: readonly Statement[],
): CfnRole {
  const role = new CfnRole(stack, id, {
    path: `/${stack.stackName}/`,
    assumeRolePolicyDocument: document({
      Effect: 'Allow',
      Principal: { Service: service },
      Action: 'sts:AssumeRole',
    }),
    policies: [
      {
        policyName: 'policy',
        policyDocument: document(
          ...statements.map(({ sid, actions, resources, condition }) => ({
            ...(sid && { Sid: sid }),
            Effect: 'Allow',
            Action: actions,
            Resource: resources,
            ...(condition && { Condition: condition }),
          })),
        ),
      },
    ],
  });
  for (const { sid, reason } of statements) if (sid && reason) explainWildcard(role, sid, reason);
  return role;
}

/** A policy document of these statements. */
export const document = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });
