import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { documents } from './documents.ts';

/**
 * The rows of a query in its order, from its `ExclusiveStartKey` on. Pages are read only as the caller needs them.
 * @param nextLimit how many rows each query after the first one reads, if the first one's `Limit` is too small for that.
 */
export async function* queryRows<Row>(
  input: QueryCommandInput,
  nextLimit = input.Limit,
): AsyncGenerator<Row, void, undefined> {
  let start = input.ExclusiveStartKey;
  let { Limit } = input;
  do {
    const { Items = [], LastEvaluatedKey } = await documents.send(
      new QueryCommand({ ...input, Limit, ExclusiveStartKey: start }),
    );
    yield* Items as Row[];
    start = LastEvaluatedKey;
    Limit = nextLimit;
  } while (start);
}

/** At most `limit` of the rows, and whether there are more. */
export async function takeRows<Row>(
  rows: AsyncIterable<Row>,
  limit = Infinity,
): Promise<{ items: Row[]; truncated: boolean }> {
  const items: Row[] = [];
  for await (const row of rows) {
    if (items.length === limit) return { items, truncated: true };
    items.push(row);
  }
  return { items, truncated: false };
}
