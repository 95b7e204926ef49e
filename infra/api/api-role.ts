import { ArnFormat, type Stack } from 'aws-cdk-lib';
import type { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Mistakes } from '../mistakes.ts';
import { allowWildcard, createRole } from '../function/policy.ts';

/** The prefix of the names of all functions with routes, and of no other function. */
const prefixIn = (stack: Stack): string => `${stack.stackName}-api-`;

/** Lambda's limit. */
const longestName = 64;

/**
 * The name of a function with routes. CloudFormation names the functions without routes, and writes no `-api-`.
 * @throws Mistakes if the name is longer than Lambda allows.
 */
export function routedName(stack: Stack, id: string): string {
  const name = `${prefixIn(stack)}${id}`;
  if (name.length <= longestName) return name;
  throw new Mistakes([
    `stage makes the function name ${name} ${name.length} characters long; Lambda takes ${longestName}. Choose a shorter stage.`,
  ]);
}

const functionArn = (stack: Stack, resourceName: string): string =>
  stack.formatArn({
    service: 'lambda',
    resource: 'function',
    resourceName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });

/**
 * The ARN of a function with routes, built from its name. The function refers to the API for its origin, so a reference
 * from the API to the function would be circular.
 */
export const routedArn = (stack: Stack, id: string): string => functionArn(stack, routedName(stack, id));

/** The role with which API Gateway invokes the functions with routes. */
export const createApiRole = (stack: Stack): CfnRole =>
  createRole(stack, 'ApiRole', 'apigateway.amazonaws.com', [
    allowWildcard(
      'Invoke',
      'Only functions with routes are named so. Their ARNs one by one would outgrow the 10,240 characters of a policy.',
      ['lambda:InvokeFunction'],
      [functionArn(stack, `${prefixIn(stack)}*`)],
    ),
  ]);
