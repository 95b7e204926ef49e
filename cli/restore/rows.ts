import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import {
  BatchWriteCommand,
  paginateScan,
  type BatchWriteCommandInput,
  type ScanCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { Aws } from './aws.ts';
import { keyOf, type Row, type Rows } from './rule.ts';

type Request = NonNullable<BatchWriteCommandInput['RequestItems']>[string][number];

/** The most rows that one request may write (DynamoDB, BatchWriteItem). */
const together = 25;

/** The rows of a table, page by page. */
export async function* scan(
  { documents: client }: Aws,
  input: ScanCommandInput,
  signal: AbortSignal,
): AsyncGenerator<Row[], void, undefined> {
  for await (const { Items = [] } of paginateScan({ client }, { ConsistentRead: true, ...input })) {
    signal.throwIfAborted();
    yield Items;
  }
}

/** All rows of a table by their keys. */
export async function readRows(
  aws: Aws,
  input: ScanCommandInput,
  attributes: readonly string[],
  signal: AbortSignal,
): Promise<Rows> {
  const rows = new Map<string, Row>();
  for await (const page of scan(aws, input, signal))
    for (const row of page) rows.set(keyOf(row, attributes), row);
  return rows;
}

const defined = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));

/** The writes that turn the rows that are there into `wanted`. */
export function difference(there: Rows, wanted: Rows, attributes: readonly string[]): Request[] {
  const puts = [...wanted]
    .filter(([key, row]) => !isDeepStrictEqual(defined(row), there.get(key)))
    .map(([, row]): Request => ({ PutRequest: { Item: row } }));
  const deletions = [...there]
    .filter(([key]) => !wanted.has(key))
    .map(([, row]): Request => ({
      DeleteRequest: { Key: Object.fromEntries(attributes.map((name) => [name, row[name]])) },
    }));
  return [...deletions, ...puts];
}

/** The pause before rows that DynamoDB left unprocessed are written again. It grows, with jitter. */
const pauseMs = (tries: number): number => Math.min(5_000, 50 * 2 ** tries) * (0.5 + Math.random() / 2);

/** Writes to a table, in any order. `onWritten` gets the number of rows of each batch, once all of it is written. */
export async function writeRows(
  { documents }: Aws,
  table: string,
  requests: readonly Request[],
  onWritten: (count: number) => void,
  signal: AbortSignal,
): Promise<void> {
  for (let start = 0; start < requests.length; start += together) {
    signal.throwIfAborted();
    let open: Request[] = requests.slice(start, start + together);
    const count = open.length;
    for (let tries = 0; open.length > 0; tries += 1) {
      if (tries > 0) await sleep(pauseMs(tries), undefined, { signal });
      const { UnprocessedItems = {} } = await documents.send(
        new BatchWriteCommand({ RequestItems: { [table]: open } }),
      );
      open = UnprocessedItems[table] ?? [];
    }
    onWritten(count);
  }
}
