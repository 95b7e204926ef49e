import { arn } from '../template/arn.ts';
import type { Territory } from './need.ts';
import type { Need } from './policy.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The address in `Name <address>` or alone. */
export const addressOf = (source: string): string => /<([^<>]+)>\s*$/.exec(source)?.[1] ?? source.trim();

/** The identity that lets an address send: itself, else its domain; undefined when neither is one. */
export function identityOf(address: string, identities: readonly string[]): string | undefined {
  const domain = address.slice(address.lastIndexOf('@') + 1);
  return [address, domain].find((name) => identities.includes(name));
}

/** What IAM asks for an SES request: sending needs the identity and the configuration set. */
export function sesNeeds(action: string, fields: Fields, { region, identities }: Territory): Need[] {
  const need = (resource: string): Need => ({
    action: `ses:${action}`,
    resource: resource === '*' ? resource : arn('ses', region, resource),
  });
  const { Source, ConfigurationSetName } = fields;
  if (typeof Source !== 'string') return [need('*')];
  const address = addressOf(Source);
  return [
    need(`identity/${identityOf(address, identities) ?? address}`),
    ...(typeof ConfigurationSetName === 'string' ? [need(`configuration-set/${ConfigurationSetName}`)] : []),
  ];
}
