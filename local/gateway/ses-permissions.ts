import { identitiesOf } from '#shared/mail/identities.ts';
import { arn } from '../template/arn.ts';
import type { Context } from './condition.ts';
import type { Account, Permission } from './permission.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The address in `Name <address>`, or in a bare address. */
export const addressOf = (source: string): string => /<([^<>]+)>\s*$/.exec(source)?.[1] ?? source.trim();

/** The identity under which an address may send: the address, else its domain or a parent domain; undefined if there is none. */
export const identityOf = (address: string, identities: readonly string[]): string | undefined =>
  identitiesOf(address).find((name) => identities.includes(name));

/** The condition keys that IAM sees in an SES request. */
export const sesContext = ({ Source }: Fields): Context =>
  typeof Source === 'string' ? { 'ses:FromAddress': addressOf(Source) } : {};

/** The permissions that IAM checks for an SES request: sending requires the identity and the configuration set. */
export function sesPermissions(
  action: string,
  fields: Fields,
  { region, identities }: Account,
): Permission[] {
  const permission = (resource: string): Permission => ({
    action: `ses:${action}`,
    resource: resource === '*' ? resource : arn('ses', region, resource),
  });
  const { Source, ConfigurationSetName } = fields;
  if (typeof Source !== 'string') return [permission('*')];
  const address = addressOf(Source);
  return [
    permission(`identity/${identityOf(address, identities) ?? address}`),
    ...(typeof ConfigurationSetName === 'string'
      ? [permission(`configuration-set/${ConfigurationSetName}`)]
      : []),
  ];
}
