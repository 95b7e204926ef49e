import * as z from 'zod/mini';
import { tableNames, tables, type Table, type TableName } from './tables.ts';

/** Where a table is that was restored, as `latchkey restore` prints it. */
export const restoredTableFields = {
  name: z.string().check(z.regex(/^[\w.-]{3,255}$/)),
  /** Of a table with a stream: the ARN of the new one. */
  streamArn: z.optional(
    z.string().check(z.regex(/^arn:[\w-]+:dynamodb:[\w-]+:\d{12}:table\/[\w.-]+\/stream\/.+$/)),
  ),
};

const hasStream = (name: string): boolean =>
  (tables[name as TableName] as Table | undefined)?.stream === true;
const tableName = z.string().check(z.refine((name) => (tableNames as string[]).includes(name)));

/** The setting `restoredTables`: by name, the tables that the service uses in place of those that the stack made. */
export const restoredTablesSchema = z
  .record(tableName, z.strictObject(restoredTableFields))
  .check(({ value, issues }) => {
    for (const [name, { streamArn }] of Object.entries(value))
      if (hasStream(name) && streamArn === undefined)
        issues.push({ code: 'custom', path: [name, 'streamArn'], input: value });
  });
