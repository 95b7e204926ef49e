import { recordIn, type DnsRecord } from '../told-record.ts';
import type { Output } from './deployed-stacks.ts';

export const recordsIn = (outputs: readonly Output[]): DnsRecord[] =>
  outputs.map(recordIn).filter((record) => record !== undefined);

/** A record in a line, as the operator enters it at the DNS provider. */
export const recordOf = ({ type, name, value }: DnsRecord): string => `  ${type.padEnd(5)} ${name}  ${value}`;
