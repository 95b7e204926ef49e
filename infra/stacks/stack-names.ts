import type { Settings } from '#shared/deployment/settings.ts';
import { edgeRegion } from '../edge/limits.ts';

/** The stacks of a deployment, in the order in which they are deployed. */
export type StackKind = 'stateful' | 'mail' | 'service' | 'monitoring' | 'edge' | 'domain';

/** `latchkey-service`, or `latchkey-staging-service` where the stage is `staging`: what everything of the stack is found by. */
export const stackNameOf = ({ stage }: Pick<Settings, 'stage'>, kind: StackKind): string =>
  ['latchkey', ...(stage === null ? [] : [stage]), kind].join('-');

/** CloudFront's stack stands in one region for all: `latchkey-edge-eu-central-1` is that of the deployment in another. */
export const edgeStackNameOf = (settings: Pick<Settings, 'stage' | 'region'>): string =>
  [stackNameOf(settings, 'edge'), ...(settings.region === edgeRegion ? [] : [settings.region])].join('-');

/** The path of the roles of a deployment's functions, by which the policies of its keys know them. */
export const rolePathOf = (settings: Pick<Settings, 'stage'>): string =>
  `/${stackNameOf(settings, 'service')}/`;
