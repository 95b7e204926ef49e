import { tables, type Table, type TableName } from '#shared/deployment/tables.ts';
import type { Output } from '../terminal/output.ts';
import type { Aws } from './aws.ts';
import type { Tables } from './deployment.ts';
import { readFacts } from './facts.ts';
import { difference, readRows, writeRows } from './rows.ts';
import type { Rule } from './rule.ts';

export interface Carrying {
  aws: Aws;
  deployment: Tables;
  table: TableName;
  /** Name of the restored table. */
  target: string;
  rule: Rule;
  at: Date;
  now: Date;
  out: Output;
  signal: AbortSignal;
}

/**
 * Applies the rule to the restored table; `write: false` only finds out what it would do. Returns how many rows differ, and the
 * rule's report.
 */
export async function carry(
  { aws, deployment, table, target, rule, at, now, out, signal }: Carrying,
  { write }: { write: boolean },
): Promise<{ writes: number; told: readonly string[] }> {
  const { partition, sort = {} }: Table = tables[table];
  const attributes = [...Object.keys(partition), ...Object.keys(sort)];
  // Lines of the trail never change, so only those since `at` are read. Other tables are read as a whole.
  const since = table === 'audit' && {
    FilterExpression: 'sk >= :at',
    ExpressionAttributeValues: { ':at': at.toISOString() },
  };
  const read = (TableName: string) => readRows(aws, { TableName, ...since }, attributes, signal);
  const facts = await readFacts(aws, deployment, { at, now }, signal);
  const present = await read(deployment.inUse[table]);
  const there = await read(target);
  const { rows, told } = rule(there, present, facts);
  const requests = difference(there, rows, attributes);
  if (write && requests.length > 0)
    await out.progress(requests.length, 'rows', (progress) =>
      writeRows(aws, target, requests, (count) => progress.advance(count), signal),
    );
  return { writes: requests.length, told };
}
