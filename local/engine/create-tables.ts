import * as z from 'zod/mini';
import type { Resource } from '../template/template.ts';
import { callEngine, EngineError } from './client.ts';

const schema = z.object({
  AttributeDefinitions: z.array(z.unknown()),
  KeySchema: z.array(z.unknown()),
  GlobalSecondaryIndexes: z.optional(
    z.array(z.object({ IndexName: z.string(), KeySchema: z.array(z.unknown()), Projection: z.unknown() })),
  ),
  StreamSpecification: z.optional(z.object({ StreamViewType: z.string() })),
  TimeToLiveSpecification: z.optional(
    z.object({ AttributeName: z.string(), Enabled: z.optional(z.boolean()) }),
  ),
});

type Call = (action: string, body: object) => Promise<unknown>;

/** Tables are not migrated: one that was made from another template is refused. */
async function checkExisting(
  call: Call,
  name: string,
  indexes: readonly { IndexName: string }[],
): Promise<void> {
  const { Table } = (await call('DescribeTable', {})) as {
    Table: { GlobalSecondaryIndexes?: { IndexName: string }[] };
  };
  const there = new Set(Table.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName));
  const missing = indexes.find(({ IndexName }) => !there.has(IndexName));
  if (missing === undefined) return;
  throw new Error(
    `The stored table ${name} lacks the index ${missing.IndexName} of this version, which cannot add it. ` +
      'Nothing was changed: the version that kept the data can still use it. This one needs another --data DIR.',
  );
}

async function createTable(url: string, { physicalId, properties }: Resource): Promise<void> {
  const table = schema.parse(properties);
  const stream = table.StreamSpecification;
  const call: Call = (action, body) =>
    callEngine(url, `DynamoDB_20120810.${action}`, { TableName: physicalId, ...body });
  try {
    await call('CreateTable', {
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: table.AttributeDefinitions,
      KeySchema: table.KeySchema,
      // An empty list is refused.
      ...(table.GlobalSecondaryIndexes?.length && { GlobalSecondaryIndexes: table.GlobalSecondaryIndexes }),
      ...(stream && { StreamSpecification: { StreamEnabled: true, ...stream } }),
    });
  } catch (error) {
    if (!(error instanceof EngineError) || error.name !== 'ResourceInUseException') throw error;
    return await checkExisting(call, physicalId, table.GlobalSecondaryIndexes ?? []);
  }
  if (table.TimeToLiveSpecification) {
    const { AttributeName } = table.TimeToLiveSpecification;
    await call('UpdateTimeToLive', { TimeToLiveSpecification: { AttributeName, Enabled: true } });
  }
}

/** Creates the template's tables in the engine, with indexes, streams and TTL. Tables that exist stay as they are. */
export async function createTables(url: string, tables: readonly Resource[]): Promise<void> {
  await Promise.all(tables.map((table) => createTable(url, table)));
}

/** Most items that one request may write (DynamoDB, BatchWriteItem). */
const batch = 25;

/** Takes every item out of a table. */
export async function emptyTable(url: string, { physicalId, properties }: Resource): Promise<void> {
  const keys = z.array(z.object({ AttributeName: z.string() })).parse(schema.parse(properties).KeySchema);
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
