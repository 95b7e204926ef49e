import { resolve } from 'node:dns/promises';
import type { DnsRecord } from '../dns/records.ts';
import { fine, lookedAt, trouble, type Finding } from './finding.ts';

/** The values of a name's records, as a resolver sees them. */
export type Resolve = (name: string, type: string) => Promise<string[]>;

const noSuchRecord = new Set(['ENOTFOUND', 'ENODATA']);

/** Asks the resolver of this machine. */
export const resolveByDns: Resolve = async (name, type) => {
  try {
    const found: unknown = await resolve(name, type);
    return (Array.isArray(found) ? found : [found]).map(textOf);
  } catch (error) {
    if (error instanceof Error && 'code' in error && noSuchRecord.has(String(error.code))) return [];
    throw error;
  }
};

/** A TXT record comes in pieces, an MX record as an object with its priority. */
function textOf(found: unknown): string {
  if (Array.isArray(found)) return found.join('');
  if (typeof found === 'object' && found !== null && 'exchange' in found && 'priority' in found)
    return `${String(found.priority)} ${String(found.exchange)}`;
  return String(found);
}

const spoken = (value: string): string => value.replaceAll('"', '').replace(/\.$/, '').toLowerCase();

/** Whether the records exist that the operator enters at the DNS provider. */
export const lookAtDns = async (records: readonly DnsRecord[], ask: Resolve): Promise<Finding[]> =>
  (await Promise.all(records.map((record) => lookedAt('dns', () => lookAtRecord(record, ask))))).flat();

async function lookAtRecord({ type, name, value, description }: DnsRecord, ask: Resolve): Promise<Finding[]> {
  const found = await ask(name, type);
  const isDmarc = name.startsWith('_dmarc.');
  // SES does not accept a return domain that has mail servers besides SES's own.
  const isAlone = type !== 'MX' || found.length < 2;
  // Any DMARC policy of the domain's owner is as good as the suggested one.
  if (isAlone && found.some((one) => spoken(one) === spoken(value) || (isDmarc && /^v=dmarc1/i.test(one))))
    return [fine('dns', `${type} ${name} is there.`)];
  // A provider that flattens CNAMEs answers with the target's addresses instead.
  if (type === 'CNAME' && found.length === 0 && !isSigning(name) && (await ask(name, 'A')).length > 0)
    return [fine('dns', `${name} leads somewhere; not looked at where.`)];
  const others = type === 'TXT' ? [] : found;
  return [
    trouble(
      'dns',
      isDmarc ? 'warning' : 'broken',
      others.length > 0
        ? `${type} ${name} is ${others.join(', ')}, and should be ${value}${isAlone ? '' : ' alone'}.`
        : `${type} ${name} is missing.`,
      `Enter at your DNS provider${type === 'MX' && others.length > 0 ? ', in place of what is there' : ''}: ${name} ${type} ${value} (${description}).`,
    ),
  ];
}

const isSigning = (name: string): boolean => name.includes('._domainkey.');
