import { leftThrottles, type Change } from './changes.ts';
import { deployedStack, outputsOf } from './deployed-stacks.ts';
import type { Deployment } from './deployment.ts';

/**
 * Route throttles that a deployment no longer sets, with the commands that delete them, in sentences. API Gateway keeps such a throttle,
 * and CloudFormation does not delete it. If the route itself goes, API Gateway then refuses to change the stage, with "Unable to find
 * Route by key".
 */
export async function keptThrottles(
  changes: readonly Change[],
  { stacks }: Pick<Deployment, 'stacks'>,
): Promise<string[]> {
  const sentences = leftThrottles(changes).map(async ({ stack, routes }) => {
    const { region } = stacks.find(({ name }) => name === stack)!;
    const outputs = routes.length > 0 ? outputsOf((await deployedStack({ name: stack, region })) ?? {}) : [];
    const api = outputs.find(({ key }) => key === 'ApiId')?.value ?? 'API_ID';
    return routes.map(
      (route) =>
        `${stack}: API Gateway keeps the throttle of ${route}, and refuses the deployment where that route goes. Unless you have done it, first: aws apigatewayv2 delete-route-settings --region ${region} --api-id ${api} --stage-name '$default' --route-key '${route}'`,
    );
  });
  return (await Promise.all(sentences)).flat();
}
