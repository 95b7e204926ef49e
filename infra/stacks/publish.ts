import { CfnOutput, Fn, type Stack } from 'aws-cdk-lib';

/**
 * Makes an output and the reference to it, for other stacks. An output can be removed, and its resource replaced, while other stacks
 * read it; CloudFormation refuses both for an imported export. All outputs exist at all times: their stack is deployed first, and
 * outputs that the previous release reads must still exist when the service stack is rolled back to it.
 */
export function publish(stack: Stack, id: string, value: string): string {
  new CfnOutput(stack, id, { value });
  return Fn.getStackOutput(stack.stackName, id);
}
