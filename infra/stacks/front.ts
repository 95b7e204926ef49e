import type { App, Stack } from 'aws-cdk-lib';
import type { DeploymentSettings } from '#shared/deployment/settings.ts';
import { stackNameOf } from '#shared/deployment/stack-names.ts';
import { edgeRegion } from '../edge/limits.ts';
import { DomainStack } from './domain-stack.ts';
import { EdgeStack } from './edge-stack.ts';
import { edgeStackNameOf } from './stack-names.ts';

/**
 * The stacks in front of the API, if there is a domain: CloudFront, if the settings ask for it, and the names. They come after all
 * `others`, as their certificates may wait for days until the operator enters a record.
 */
export function createFront(app: App, settings: DeploymentSettings, others: readonly Stack[]): void {
  const { domain, proxy, formerDomains, region } = settings;
  if (domain === null) return;
  const edge =
    domain.edge && proxy
      ? new EdgeStack(app, edgeStackNameOf(settings), {
          env: { region: edgeRegion },
          settings,
          domain,
          proxy,
        })
      : undefined;
  for (const one of others) edge?.addStackDependency(one);
  // With CloudFront in front, the stack of the names has only records, and it writes none without a hosted zone.
  if (edge && [domain, ...formerDomains].every(({ hostedZoneId }) => hostedZoneId === null)) return;
  const names = new DomainStack(app, stackNameOf(settings, 'domain'), { env: { region }, settings, domain });
  for (const one of edge ? [edge] : others) names.addStackDependency(one);
}
