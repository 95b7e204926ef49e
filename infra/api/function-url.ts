import { CfnOutput, Fn, type Stack } from 'aws-cdk-lib';
import { CfnPermission, CfnUrl, type CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { logicalIdOf } from '#shared/deployment/logical-id.ts';
import type { Stream } from '#shared/operation/stream.ts';
import type { Entry } from '../entry.ts';
import { explainWildcard } from '../function/policy.ts';

/**
 * Gives a stream its address, open to the world: the function authenticates the caller, and the proxy that leads to it.
 * @param told what callers are told instead of it. @returns the address, with a slash at its end.
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
  // Lambda asks for both since October 2025.
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
  // It ends in a slash, after which callers would begin their paths with another.
  const address = told ?? `https://${Fn.select(2, Fn.split('/', url.attrFunctionUrl))}`;
  new CfnOutput(stack, `${name}Address`, { value: address, description: declaration.summary });
  return url.attrFunctionUrl;
}
