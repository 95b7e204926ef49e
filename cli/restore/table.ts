import { setTimeout as delay } from 'node:timers/promises';
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  RestoreTableToPointInTimeCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { CommandError, exit } from '../failures.ts';
import { errorNameOf, type Aws } from './aws.ts';

/** A table; undefined if there is none of that name. */
export async function describe({ dynamo }: Aws, TableName: string): Promise<TableDescription | undefined> {
  try {
    return (await dynamo.send(new DescribeTableCommand({ TableName }))).Table;
  } catch (error) {
    if (errorNameOf(error) === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

/** From when to when a table can be restored; undefined if it cannot be. */
export async function windowOf(
  { dynamo }: Aws,
  TableName: string,
): Promise<{ from: Date; to: Date } | undefined> {
  const { ContinuousBackupsDescription: backups } = await dynamo.send(
    new DescribeContinuousBackupsCommand({ TableName }),
  );
  const { EarliestRestorableDateTime: from, LatestRestorableDateTime: to } =
    backups?.PointInTimeRecoveryDescription ?? {};
  return from && to ? { from, to } : undefined;
}

/** Growing pauses between two checks: a restore takes minutes, or hours if there is much data. */
const waitsMs = [500, 1_000, 2_000, 5_000, 10_000];

/** Waits until a table can be used. */
export async function untilActive(aws: Aws, name: string, signal: AbortSignal): Promise<TableDescription> {
  for (let round = 0; ; round += 1) {
    const table = await describe(aws, name);
    // A table that was just made may not be visible at once.
    if (!table && round > waitsMs.length) throw new CommandError(exit.refused, `The table ${name} is gone.`);
    if (table?.TableStatus === 'ACTIVE') return table;
    await delay(waitsMs[round] ?? waitsMs.at(-1), undefined, { signal });
    signal.throwIfAborted();
  }
}

/** Begins to restore a table under another name. */
export async function restore({ dynamo }: Aws, source: string, target: string, at: Date): Promise<void> {
  await dynamo.send(
    new RestoreTableToPointInTimeCommand({
      SourceTableName: source,
      TargetTableName: target,
      RestoreDateTime: at,
    }),
  );
}

/** Turns on point-in-time recovery, which DynamoDB accepts only some seconds after the table was made. */
async function recover(
  { dynamo }: Pick<Aws, 'dynamo'>,
  TableName: string,
  signal: AbortSignal,
): Promise<void> {
  const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
  for (let round = 0; ; round += 1)
    try {
      await dynamo.send(new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification }));
      return;
    } catch (error) {
      if (errorNameOf(error) !== 'ContinuousBackupsUnavailableException' || round > waitsMs.length)
        throw error;
      await delay(waitsMs[round] ?? waitsMs.at(-1), undefined, { signal });
    }
}

/** Sets what DynamoDB does not restore: expiry of rows, and point-in-time recovery. It can be repeated. */
export async function configure({ dynamo }: Aws, TableName: string, signal: AbortSignal): Promise<void> {
  const { TimeToLiveDescription: expiry } = await dynamo.send(new DescribeTimeToLiveCommand({ TableName }));
  if (!expiry?.TimeToLiveStatus?.startsWith('ENABL'))
    await dynamo.send(
      new UpdateTimeToLiveCommand({
        TableName,
        TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      }),
    );
  await recover({ dynamo }, TableName, signal);
}

/** Gives the target the stream and the protection of the source, one at a time as DynamoDB requires. @returns the changed table. */
export async function openAs(
  aws: Aws,
  source: TableDescription,
  target: string,
  signal: AbortSignal,
): Promise<TableDescription> {
  const update = async (change: Omit<UpdateTableCommand['input'], 'TableName'>): Promise<void> => {
    await aws.dynamo.send(new UpdateTableCommand({ TableName: target, ...change }));
  };
  let table = await untilActive(aws, target, signal);
  if (source.StreamSpecification?.StreamEnabled && !table.StreamSpecification?.StreamEnabled) {
    await update({ StreamSpecification: source.StreamSpecification });
    table = await untilActive(aws, target, signal);
  }
  if (source.DeletionProtectionEnabled && !table.DeletionProtectionEnabled) {
    await update({ DeletionProtectionEnabled: true });
    table = await untilActive(aws, target, signal);
  }
  return table;
}
