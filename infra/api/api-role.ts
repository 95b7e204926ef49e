import { ArnFormat, type Stack } from 'aws-cdk-lib';
import type { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Mistakes } from '../mistakes.ts';
import { allowWildcard, createRole } from '../function/policy.ts';

/** The prefix of the names of all functions with routes, and of no other function. */
const prefixIn = (stack: Stack): string => `${stack.stackName}-api-`;

/** Lambda's limit. */
const longestName = 64;

/**
 * The name of a function with routes. Those without are named by CloudFormation, which writes no `-api-`.
 * @throws Mistakes if it is longer than Lambda takes.
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
 * The ARN of a function with routes, put together from its name: the function knows the API's address as its origin, so
 * that the API cannot refer to the function in turn.
 */
export const routedArn = (stack: Stack, id: string): string => functionArn(stack, routedName(stack, id));

/** The role by which API Gateway starts the functions with routes. */
export const createApiRole = (stack: Stack): CfnRole =>
  createRole(stack, 'ApiRole', 'apigateway.amazonaws.com', [
    allowWildcard(
      'Invoke',
      'Only functions with routes are named so. Their ARNs one by one would outgrow the 10,240 characters of a policy.',
      ['lambda:InvokeFunction'],
      [functionArn(stack, `${prefixIn(stack)}*`)],
    ),
  ]);
