import type { DeploymentSettings } from '#shared/deployment/settings.ts';
import { stackNameOf } from '#shared/deployment/stack-names.ts';
import { edgeRegion } from '../edge/limits.ts';

/** CloudFront's stacks are all in one region, so each name holds its deployment's region if that differs: `latchkey-edge-eu-central-1`. */
export const edgeStackNameOf = (settings: Pick<DeploymentSettings, 'stage' | 'region'>): string =>
  [stackNameOf(settings, 'edge'), ...(settings.region === edgeRegion ? [] : [settings.region])].join('-');

/** The path of the roles of a deployment's functions, by which its key policies recognise them. */
export const rolePathOf = (settings: Pick<DeploymentSettings, 'stage'>): string =>
  `/${stackNameOf(settings, 'service')}/`;
