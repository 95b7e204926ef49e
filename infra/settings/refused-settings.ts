import { RegionInfo } from 'aws-cdk-lib/region-info';
import { nearest } from '#shared/errors/nearest.ts';
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

/** Refuses a well-formed region that AWS does not have. A malformed one is refused already. */
function refusedRegion(region: unknown): Refusal[] {
  const known = RegionInfo.regions.map(({ name }) => name);
  if (typeof region !== 'string' || !/^[a-z]+(-[a-z]+)+-\d$/.test(region) || known.includes(region))
    return [];
  const near = nearest(region, known);
  return [
    { key: 'region', sentence: `AWS has no region ${region}${near ? `; did you mean ${near}?` : '.'}` },
  ];
}
