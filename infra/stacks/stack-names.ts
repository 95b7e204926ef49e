import type { Settings } from '#shared/deployment/settings.ts';
import { stackNameOf } from '#shared/deployment/stack-names.ts';
import { edgeRegion } from '../edge/limits.ts';

/** CloudFront's stack stands in one region for all: `latchkey-edge-eu-central-1` is that of the deployment in another. */
export const edgeStackNameOf = (settings: Pick<Settings, 'stage' | 'region'>): string =>
  [stackNameOf(settings, 'edge'), ...(settings.region === edgeRegion ? [] : [settings.region])].join('-');

/** The path of the roles of a deployment's functions, by which the policies of its keys know them. */
export const rolePathOf = (settings: Pick<Settings, 'stage'>): string =>
  `/${stackNameOf(settings, 'service')}/`;
