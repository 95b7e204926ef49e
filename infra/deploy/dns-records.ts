import { recordIn, type DnsRecord } from '../told-record.ts';
import type { Output } from './deployed-stacks.ts';

export const recordsIn = (outputs: readonly Output[]): DnsRecord[] =>
  outputs.map(recordIn).filter((record) => record !== undefined);

/** As people enter it. */
export const recordOf = ({ type, name, value }: DnsRecord): string => `  ${type.padEnd(5)} ${name}  ${value}`;
