import { CfnOutput, Fn, type Stack } from 'aws-cdk-lib';
import { CfnPermission, CfnUrl, type CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { logicalIdOf } from '#shared/deployment/logical-id.ts';
import type { Stream } from '#shared/operation/stream.ts';
import type { Entry } from '../entry.ts';
import { explainWildcard } from '../function/policy.ts';

/**
 * Gives a stream a function URL that is open to the world: the function itself authenticates the caller, and
 * the proxy in front if there is one.
 * @param told the address that callers get instead of it. @returns the function URL, with a slash at its end.
 */
export function addFunctionUrl(
  stack: Stack,
  { id, declaration }: Entry<Stream>,
  handler: CfnFunction,
  told?: string,
): string {
  const name = logicalIdOf(id);
  const url = new CfnUrl(stack, `${name}Url`, {
    targetFunctionArn: handler.attrArn,
    authType: 'NONE',
    invokeMode: 'RESPONSE_STREAM',
  });
  // Lambda requires both permissions since October 2025.
  const permissions = {
    UrlPermission: { action: 'lambda:InvokeFunctionUrl', functionUrlAuthType: 'NONE' },
    Permission: { action: 'lambda:InvokeFunction', invokedViaFunctionUrl: true },
  };
  for (const [end, which] of Object.entries(permissions)) {
    const permission = new CfnPermission(stack, `${name}${end}`, {
      functionName: handler.attrArn,
      principal: '*',
      ...which,
    });
    explainWildcard(permission, 'Principal', 'Callers have tokens of ours and no AWS credentials.');
  }
  // The function URL ends in a slash, and callers' paths begin with one.
  const address = told ?? `https://${Fn.select(2, Fn.split('/', url.attrFunctionUrl))}`;
  new CfnOutput(stack, `${name}Address`, { value: address, description: declaration.summary });
  return url.attrFunctionUrl;
}
