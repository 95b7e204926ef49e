import { stackNameOf } from '#shared/deployment/stack-names.ts';
import { edgeRegion } from '../edge/limits.ts';
import { edgeStackNameOf } from '../stacks/stack-names.ts';
import { troubleOf } from './account.ts';
import { deployedStack } from './deployed-stacks.ts';
import type { Deployment } from './deployment.ts';

/**
 * That names would lead past a CloudFront that is still there to an API that refuses whatever comes without its secret, in sentences.
 * What cannot be looked at is told with the other stacks that nobody wants any more.
 */
export async function leftEdge({
  settings,
  stacks,
}: Pick<Deployment, 'settings' | 'stacks'>): Promise<string[]> {
  const { domain, proxy } = settings;
  if (domain === null || domain.edge || !proxy?.required) return [];
  if (stacks.every((stack) => stack.name !== stackNameOf(settings, 'domain'))) return [];
  const name = edgeStackNameOf(settings);
  try {
    if ((await deployedStack({ name, region: edgeRegion })) === undefined) return [];
  } catch (error) {
    if (troubleOf(error) !== 'refused') throw error;
    return [];
  }
  return [
    `${domain.name} goes back from CloudFront to the API, which refuses whatever comes without CloudFront's secret: set proxy.required to false first (docs/domain.md, Taking CloudFront away).`,
  ];
}
