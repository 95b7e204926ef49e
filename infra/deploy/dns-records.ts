import type { Output } from './deployed-stacks.ts';

/** A record that a deployment needs and may not write itself. */
export interface DnsRecord {
  type: string;
  name: string;
  value: string;
  /** What it is for. */
  description: string;
}

/** An output of a record: `bounces.example.com MX 10 feedback-smtp.eu-central-1.amazonses.com`. */
const record = /^([\w-]+(?:\.[\w-]+)+) (A|AAAA|CNAME|MX|TXT) (.+)$/;

/** The same of a name that leads to a target, in the description: `… the value of a CNAME record of join.example.com`. */
const target = /the value of an? (\w+) record of (\S+)/;

export const recordsIn = (outputs: readonly Output[]): DnsRecord[] =>
  outputs.flatMap(({ value, description }) => {
    const [, name, type, rest] = record.exec(value) ?? [];
    if (name && type && rest) return [{ type, name, value: rest, description }];
    const [, typeToEnter, nameToEnter] = target.exec(description) ?? [];
    return typeToEnter && nameToEnter ? [{ type: typeToEnter, name: nameToEnter, value, description }] : [];
  });

/** As people enter it. */
export const recordOf = ({ type, name, value }: DnsRecord): string => `  ${type.padEnd(5)} ${name}  ${value}`;
