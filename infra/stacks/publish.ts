import { CfnOutput, Fn, type Stack } from 'aws-cdk-lib';

/**
 * Makes an output and the reference to it, for other stacks. An output can go, and its resource be replaced, while other stacks
 * read it; CloudFormation refuses both for an export that is imported. All outputs stand at all times: their stack is deployed
 * first, and what the release before reads must still be there when the service stack goes back to it.
 */
export function publish(stack: Stack, id: string, value: string): string {
  new CfnOutput(stack, id, { value });
  return Fn.getStackOutput(stack.stackName, id);
}
