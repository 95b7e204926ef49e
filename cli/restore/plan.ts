import type { TableDescription } from '@aws-sdk/client-dynamodb';
import type { TableName } from '#shared/deployment/tables.ts';
import { CommandError, exit } from '../failures.ts';
import type { Aws } from './aws.ts';
import { findTables, type Tables } from './deployment.ts';
import { pastOf } from './lineage.ts';
import { seconds, sourceOf } from './source.ts';
import { describe } from './table.ts';

/** The tables and the time of a restore. */
export interface Plan {
  deployment: Tables;
  stage: string | undefined;
  table: TableName;
  at: Date;
  /** The table in use, from which rows are carried over. */
  present: TableDescription;
  /** The table to restore: the one that was in use at that time. Undefined if the target exists already or the restore is given up. */
  source: string | undefined;
  /** The name of the restored table: the same for the same table and time, so that a repeat finds it. */
  target: string;
}

interface Wanted {
  table: TableName;
  at: Date;
  stage: string | undefined;
  cancel: boolean;
}

/** Finds out what can be restored. @throws CommandError if nothing reaches back to that time, with the times that are possible. */
export async function planRestore(aws: Aws, { table, at, stage, cancel }: Wanted): Promise<Plan> {
  const deployment = await findTables(aws, stage);
  const { inUse, made } = deployment;
  const present = await describe(aws, inUse[table]);
  if (!present) throw new CommandError(exit.refused, `The table ${inUse[table]} is gone.`, [goneHint]);
  const target = `${made[table]}-at-${seconds(at).replaceAll(/[-:]/g, '')}`;
  // A restore that was begun can go on or be given up even if no table reaches back to its time any more.
  const isBegun = cancel || (await describe(aws, target)) !== undefined;
  const source = isBegun ? undefined : await sourceOf(inUse[table], at, (name) => pastOf(aws, name));
  return { deployment, stage, table, at, present, source, target };
}

const goneHint = 'DynamoDB keeps a backup of a deleted table for 35 days: see docs/disaster.md.';

/** The plan in words, before anything is done. */
export const wordsOf = ({ table, at, present, source, target }: Plan): string[] => [
  source === undefined
    ? `${table}: the new table ${target}, as it was at ${seconds(at)}, is there already.`
    : `${table}: ${source} as it was at ${seconds(at)} becomes the new table ${target}.`,
  'It gets what DynamoDB does not restore: expiry, recovery, tags, the stream and the protection of the present table.',
  `Then nobody can write to ${present.TableName ?? ''} any more, until you deploy: what needs it answers 503.`,
  'What must not go back to what it was is carried over, and the present table stays as it is.',
];
