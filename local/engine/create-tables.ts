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
  TimeToLiveSpecification: z.optional(z.object({ AttributeName: z.string(), Enabled: z.optional(z.boolean()) })),
});

async function createTable(url: string, { physicalId, properties }: Resource): Promise<void> {
  const table = schema.parse(properties);
  const stream = table.StreamSpecification;
  const call = (action: string, body: object): Promise<unknown> =>
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
    if (error instanceof EngineError && error.name === 'ResourceInUseException') return;
    throw error;
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

/** Every item of a table, in DynamoDB's JSON. */
export async function scanTable(url: string, table: string): Promise<Record<string, unknown>[]> {
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
