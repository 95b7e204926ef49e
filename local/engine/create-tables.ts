import { setTimeout as delay } from 'node:timers/promises';
import type * as z from 'zod/mini';
import type { Resource } from '../template/template.ts';
import { callEngine, EngineError } from './client.ts';
import { keptSchema, refusalsOf, tableSchema, updatesOf } from './table-changes.ts';

type Kept = z.infer<typeof keptSchema>;
type Call = (action: string, body?: object) => Promise<unknown>;

const callOf =
  (url: string, { physicalId }: Resource): Call =>
  (action, body = {}) =>
    callEngine(url, `DynamoDB_20120810.${action}`, { TableName: physicalId, ...body });

/** A table that exists in the engine; undefined if the engine has no table of that name. */
async function describe(call: Call): Promise<Kept | undefined> {
  try {
    return keptSchema.parse(((await call('DescribeTable')) as { Table: unknown }).Table);
  } catch (error) {
    if (error instanceof EngineError && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

async function createTable(call: Call, properties: unknown): Promise<void> {
  const table = tableSchema.parse(properties);
  const stream = table.StreamSpecification;
  await call('CreateTable', {
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: table.AttributeDefinitions,
    KeySchema: table.KeySchema,
    // DynamoDB refuses an empty list.
    ...(table.GlobalSecondaryIndexes.length > 0 && { GlobalSecondaryIndexes: table.GlobalSecondaryIndexes }),
    ...(stream && { StreamSpecification: { StreamEnabled: true, ...stream } }),
  });
  if (table.TimeToLiveSpecification) {
    const { AttributeName } = table.TimeToLiveSpecification;
    await call('UpdateTimeToLive', { TimeToLiveSpecification: { AttributeName, Enabled: true } });
  }
}

/** Milliseconds between two checks of an index under construction. */
const lookMs = 50;

/** Changes a table as CloudFormation does at an upgrade: one index at a time, filled with the existing rows. */
async function updateTable(call: Call, kept: Kept, properties: unknown): Promise<void> {
  for (const update of updatesOf(kept, tableSchema.parse(properties))) {
    await call('UpdateTable', { BillingMode: 'PAY_PER_REQUEST', ...update });
    const isBuilding = async (): Promise<boolean> =>
      (await describe(call))?.GlobalSecondaryIndexes.some(({ IndexStatus }) => IndexStatus !== 'ACTIVE') ??
      false;
    while (await isBuilding()) await delay(lookMs);
  }
}

/**
 * Creates the template's tables in the engine, with indexes, streams and TTL. Existing tables get the changes of this version.
 * If an existing table cannot be changed, no table is changed, and the error says why.
 */
export async function createTables(url: string, tables: readonly Resource[]): Promise<void> {
  const found = await Promise.all(
    tables.map(async (table) => {
      const call = callOf(url, table);
      return { table, call, kept: await describe(call) };
    }),
  );
  const refusals = found.flatMap(({ table, kept }) =>
    kept ? refusalsOf(table.physicalId, kept, tableSchema.parse(table.properties)) : [],
  );
  if (refusals.length > 0)
    throw new Error(
      `${refusals.join('\n')}\nNothing was changed: the version that kept the data can still use it. ` +
        'This one needs another --data DIR.',
    );
  await Promise.all(
    found.map(({ table, call, kept }) => (kept ? undefined : createTable(call, table.properties))),
  );
  // One after another: DynamoDB limits how many tables may build indexes at the same time, and refuses further ones.
  for (const { table, call, kept } of found) if (kept) await updateTable(call, kept, table.properties);
}

/** The most items that one request may write (DynamoDB, BatchWriteItem). */
const batch = 25;

/** Deletes every item of a table. */
export async function emptyTable(url: string, { physicalId, properties }: Resource): Promise<void> {
  const keys = tableSchema.parse(properties).KeySchema;
  const items = await scanTable(url, physicalId);
  for (let start = 0; start < items.length; start += batch) {
    const requests = items.slice(start, start + batch).map((item) => ({
      DeleteRequest: {
        Key: Object.fromEntries(keys.map(({ AttributeName }) => [AttributeName, item[AttributeName]])),
      },
    }));
    await callEngine(url, 'DynamoDB_20120810.BatchWriteItem', { RequestItems: { [physicalId]: requests } });
  }
}

/** Every item of every table, by the table's name in the code. */
export async function dumpTables(
  url: string,
  tables: readonly Resource[],
): Promise<Record<string, Record<string, unknown>[]>> {
  const dump = async ({ name, physicalId }: Resource) => [name, await scanTable(url, physicalId)] as const;
  return Object.fromEntries(await Promise.all(tables.map(dump)));
}

/** Every item of a table, in DynamoDB's JSON. */
async function scanTable(url: string, table: string): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let start: unknown;
  do {
    const page = (await callEngine(url, 'DynamoDB_20120810.Scan', {
      TableName: table,
      ConsistentRead: true,
      ...(start !== undefined && { ExclusiveStartKey: start }),
    })) as { Items?: Record<string, unknown>[]; LastEvaluatedKey?: unknown };
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return items;
}
