import { RegionInfo } from 'aws-cdk-lib/region-info';
import { nearest } from '#shared/nearest.ts';
import { isObject } from './named-settings.ts';

type Values = Readonly<Record<string, unknown>>;

interface Refusal {
  key: string;
  sentence: string;
}

/** The values that the schema allows for the local stack but no deployment may have. */
export function refusals({ rates, bcryptCost, origin, services, region }: Values): Refusal[] {
  const plain = isObject(services)
    ? Object.entries(services).filter(
        ([, service]) => isObject(service) && /^\s*http:/i.test(String(service['baseUrl'])),
      )
    : [];
  const refused = (key: string, sentence: string): Refusal => ({ key, sentence });
  return [
    ...plain.map(([name]) =>
      refused('services', `services.${name}.baseUrl must begin with https:// in a deployment.`),
    ),
    ...(rates === 'off'
      ? [refused('rates', 'rates must be "on" in a deployment; "off" is for the local stack.')]
      : []),
    ...(Number(bcryptCost) < 12
      ? [refused('bcryptCost', 'bcryptCost must be 12 or more in a deployment; less is for the local stack.')]
      : []),
    ...(String(origin).startsWith('http:')
      ? [refused('origin', 'origin must begin with https:// in a deployment.')]
      : []),
    ...refusedRegion(region),
  ];
}

/** Regions in which Lambda has no function URLs (Lambda guide, "Creating and managing Lambda function URLs"). */
const withoutFunctionUrls: ReadonlySet<unknown> = new Set([
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

/** A region of the right form that AWS does not have, or that lacks what the relay is reached by; of the wrong form it is refused already. */
function refusedRegion(region: unknown): Refusal[] {
  const known = RegionInfo.regions.map(({ name }) => name);
  if (withoutFunctionUrls.has(region))
    return [
      {
        key: 'region',
        sentence: `Lambda has no function URLs in ${String(region)}, by one of which the relay answers: choose another region.`,
      },
    ];
  if (typeof region !== 'string' || !/^[a-z]+(-[a-z]+)+-\d$/.test(region) || known.includes(region))
    return [];
  const near = nearest(region, known);
  return [
    { key: 'region', sentence: `AWS has no region ${region}${near ? `; did you mean ${near}?` : '.'}` },
  ];
}
