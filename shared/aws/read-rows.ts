import { BatchGetCommand, type BatchGetCommandInput } from '@aws-sdk/lib-dynamodb';
import { documents } from './dynamodb.ts';
import { Failure } from '../errors/failure.ts';

type Requests = NonNullable<BatchGetCommandInput['RequestItems']>;
type Row = Record<string, unknown>;

/** Rounds in which keys that DynamoDB left unprocessed are asked for again. */
const rounds = 4;

/**
 * Reads single rows of several tables in one call, consistently.
 * @returns per table name the rows that exist, in no order.
 * @throws Failure `store_unavailable` when DynamoDB leaves keys unprocessed every time.
 */
export async function readRows(
  keys: Readonly<Record<string, readonly Row[]>>,
): Promise<Record<string, Row[]>> {
  const rows: Record<string, Row[]> = {};
  let open: Requests = Object.fromEntries(
    Object.entries(keys).map(([table, Keys]) => [table, { Keys: [...Keys], ConsistentRead: true }]),
  );
  for (let round = 0; round < rounds; round += 1) {
    const { Responses = {}, UnprocessedKeys = {} } = await documents.send(
      new BatchGetCommand({ RequestItems: open }),
    );
    for (const [table, found] of Object.entries(Responses)) (rows[table] ??= []).push(...found);
    if (Object.keys(UnprocessedKeys).length === 0) return rows;
    open = UnprocessedKeys;
  }
  throw new Failure('store_unavailable');
}
