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

/** A table that the engine keeps; undefined where it has none of that name. */
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
    // An empty list is refused.
    ...(table.GlobalSecondaryIndexes.length > 0 && { GlobalSecondaryIndexes: table.GlobalSecondaryIndexes }),
    ...(stream && { StreamSpecification: { StreamEnabled: true, ...stream } }),
  });
  if (table.TimeToLiveSpecification) {
    const { AttributeName } = table.TimeToLiveSpecification;
    await call('UpdateTimeToLive', { TimeToLiveSpecification: { AttributeName, Enabled: true } });
  }
}

/** Milliseconds between two looks at an index that is being built. */
const lookMs = 50;

/** Does what CloudFormation does to a table at an upgrade: one index at a time, filled with the rows that are there. */
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
 * Makes the template's tables in the engine, with indexes, streams and TTL. Those that are kept get what is new in this
 * version; where one cannot, nothing is changed, and the error says why.
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
  // One after another: DynamoDB builds the indexes of a few tables at once only, and refuses those of more.
  for (const { table, call, kept } of found) if (kept) await updateTable(call, kept, table.properties);
}

/** Most items that one request may write (DynamoDB, BatchWriteItem). */
const batch = 25;

/** Takes every item out of a table. */
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
