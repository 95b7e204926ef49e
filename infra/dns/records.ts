import type { Output } from '../deploy/deployed-stacks.ts';

/** A DNS record that a deployment needs and may not write itself. */
export interface DnsRecord {
  type: string;
  name: string;
  value: string;
  /** What it is for. */
  description: string;
}

/** The value of an output that holds a record: `bounces.example.com MX 10 feedback-smtp.eu-central-1.amazonses.com`. */
export const tellWhole = ({ name, type, value }: Omit<DnsRecord, 'description'>): string =>
  `${name} ${type} ${value}`;

const whole = /^([\w-]+(?:\.[\w-]+)+) (A|AAAA|CNAME|MX|TXT) (.+)$/;

const alias = 'To enter at the DNS provider: the value of a CNAME record of ';

/** The description of an output whose value is the target of a name. */
export const tellAlias = (name: string): string => `${alias}${name}`;

/** The record that an output holds in one of the two forms; undefined if it holds none. */
function recordIn({ value, description }: Output): DnsRecord | undefined {
  const [, name, type, rest] = whole.exec(value) ?? [];
  if (name && type && rest) return { type, name, value: rest, description };
  if (!description.startsWith(alias)) return undefined;
  return { type: 'CNAME', name: description.slice(alias.length), value, description };
}

export const recordsIn = (outputs: readonly Output[]): DnsRecord[] =>
  outputs.map(recordIn).filter((record) => record !== undefined);

/** A record in a line, as the operator enters it at the DNS provider. */
export const recordOf = ({ type, name, value }: DnsRecord): string => `  ${type.padEnd(5)} ${name}  ${value}`;
