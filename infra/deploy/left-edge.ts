import { stackNameOf } from '#shared/deployment/stack-names.ts';
import { edgeRegion } from '../edge/limits.ts';
import { edgeStackNameOf } from '../stacks/stack-names.ts';
import { troubleOf } from './account.ts';
import { deployedStack } from './deployed-stacks.ts';
import type { Deployment } from './deployment.ts';

/**
 * Says, in sentences, if names would lead past an existing CloudFront to an API that refuses requests without CloudFront's secret. A
 * stack that may not be looked at is reported with the other unwanted stacks.
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
