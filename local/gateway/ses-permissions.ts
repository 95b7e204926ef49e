import { identitiesOf } from '#shared/mail/identities.ts';
import { arn } from '../template/arn.ts';
import type { Context } from './condition.ts';
import type { Account, Permission } from './permission.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The address in `Name <address>` or alone. */
export const addressOf = (source: string): string => /<([^<>]+)>\s*$/.exec(source)?.[1] ?? source.trim();

/** The identity that lets an address send: itself, else its domain or one above; undefined when none is one. */
export const identityOf = (address: string, identities: readonly string[]): string | undefined =>
  identitiesOf(address).find((name) => identities.includes(name));

/** What IAM knows of an SES request beside its resources. */
export const sesContext = ({ Source }: Fields): Context =>
  typeof Source === 'string' ? { 'ses:FromAddress': addressOf(Source) } : {};

/** The permissions that IAM checks for an SES request: sending takes the identity and the configuration set. */
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
