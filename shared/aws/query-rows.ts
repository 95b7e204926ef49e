import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { documents } from './documents.ts';

/**
 * The rows of a query in its order, from its `ExclusiveStartKey` on, read page by page as they are asked for.
 * @param nextLimit how many rows each query after the first one reads, where its `Limit` is too few to go on by.
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

/** The rows, at most `limit` of them, and whether there are more. */
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
