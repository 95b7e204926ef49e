import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { documents } from './dynamodb.ts';

/** The rows of a query in its order, from its `ExclusiveStartKey` on, read page by page as they are asked for. */
export async function* queryRows<Row>(input: QueryCommandInput): AsyncGenerator<Row, void, undefined> {
  let start = input.ExclusiveStartKey;
  do {
    const { Items = [], LastEvaluatedKey } = await documents.send(
      new QueryCommand({ ...input, ExclusiveStartKey: start }),
    );
    yield* Items as Row[];
    start = LastEvaluatedKey;
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
