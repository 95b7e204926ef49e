import { BatchGetItemCommand, type BatchGetItemCommandInput } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { dynamodb, ownForm } from './dynamodb.ts';
import { inBatches } from '../batches.ts';
import { Failure } from '../errors/failure.ts';
import type { RowRef } from './read-row.ts';

type Requests = NonNullable<BatchGetItemCommandInput['RequestItems']>;
type Row = Record<string, unknown>;

/** Most rows that DynamoDB reads in one call. */
const batchLimit = 100;

/** Simultaneous calls. */
const atOnce = 5;

/** Rounds in which keys that DynamoDB left unprocessed are asked for again. */
const rounds = 4;

/**
 * Reads single rows of several tables in one call, consistently; a hundred at most.
 * @returns the row of each of `refs`, in their order; undefined for a row that does not exist.
 * @throws Failure `store_unavailable` when DynamoDB leaves keys unprocessed every time.
 */
export async function readRows(refs: readonly RowRef[]): Promise<(Row | undefined)[]> {
  const rows: { name: string; row: Row }[] = [];
  let open = requestsOf(refs);
  for (let round = 0; round < rounds; round += 1) {
    const { Responses = {}, UnprocessedKeys = {} } = await dynamodb.send(
      new BatchGetItemCommand({ RequestItems: open }),
    );
    for (const [name, found] of Object.entries(Responses))
      rows.push(...found.map((row) => ({ name, row: unmarshall(row) })));
    if (Object.keys(UnprocessedKeys).length === 0)
      return refs.map((ref) => rows.find(({ name, row }) => name === ref.TableName && hasKey(row, ref))?.row);
    open = UnprocessedKeys;
  }
  throw new Failure('store_unavailable');
}

/** As `readRows`, for any number of rows, in as many calls as they need. */
export async function readManyRows(refs: readonly RowRef[]): Promise<(Row | undefined)[]> {
  const starts = Array.from({ length: Math.ceil(refs.length / batchLimit) }, (_, n) => n * batchLimit);
  const parts = await inBatches(starts, atOnce, (start) => readRows(refs.slice(start, start + batchLimit)));
  return parts.flat();
}

function requestsOf(refs: readonly RowRef[]): Requests {
  const requests: Requests = {};
  for (const { TableName, Key } of refs)
    (requests[TableName] ??= { Keys: [], ConsistentRead: true }).Keys!.push(ownForm(Key));
  return requests;
}

const hasKey = (row: Row, { Key }: RowRef): boolean =>
  Object.entries(Key).every(([name, value]) => row[name] === value);
