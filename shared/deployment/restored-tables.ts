import * as z from 'zod/mini';
import { tableNames, tables, type Table, type TableName } from './tables.ts';

/** The name and stream of a restored table, as `latchkey restore` prints them. */
export const restoredTableFields = {
  name: z.string().check(z.regex(/^[\w.-]{3,255}$/)),
  /** For a table with a stream: the ARN of the restored table's stream. */
  streamArn: z.optional(
    z.string().check(z.regex(/^arn:[\w-]+:dynamodb:[\w-]+:\d{12}:table\/[\w.-]+\/stream\/.+$/)),
  ),
};

const restoredTable = z.strictObject(restoredTableFields);

/** The entry of one table in the setting `restoredTables`. */
export type RestoredTable = z.output<typeof restoredTable>;

const hasStream = (name: string): boolean =>
  (tables[name as TableName] as Table | undefined)?.stream === true;
const tableName = z.string().check(z.refine((name) => (tableNames as string[]).includes(name)));

/** The setting `restoredTables`: by name, the tables that the service uses in place of the stack's own. */
export const restoredTablesSchema = z.record(tableName, restoredTable).check(({ value, issues }) => {
  for (const [name, { streamArn }] of Object.entries(value))
    if (hasStream(name) && streamArn === undefined)
      issues.push({ code: 'custom', path: [name, 'streamArn'], input: value });
});
