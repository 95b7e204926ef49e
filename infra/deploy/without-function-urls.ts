import type { DeploymentSettings } from '#shared/deployment/settings.ts';
import { stackNameOf } from '#shared/deployment/stack-names.ts';
import type { Change } from './changes.ts';

/**
 * Regions in which Lambda had no function URLs in November 2026 (Lambda guide, "Creating and managing Lambda function URLs"). The
 * operator is asked, and not refused: AWS may offer function URLs in a region before this list is updated.
 */
const regions: ReadonlySet<string> = new Set([
  'ap-east-2',
  'ap-south-2',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-6',
  'ap-southeast-7',
  'ca-west-1',
  'eu-central-2',
  'eu-south-2',
  'il-central-1',
  'me-central-1',
]);

/** Says, in sentences, if the first deployment would fail at the relay, after it has made tables and keys. */
export function withoutFunctionUrls(changes: readonly Change[], settings: DeploymentSettings): string[] {
  const { region } = settings;
  const isFirst = changes.some(({ stack, isNew }) => isNew && stack === stackNameOf(settings, 'service'));
  if (!isFirst || !regions.has(region)) return [];
  return [
    `Lambda had no function URLs in ${region} when this was written, and the relay answers by one: the deployment would fail there, after tables and keys. Choose another region, unless AWS names this one by now.`,
  ];
}
