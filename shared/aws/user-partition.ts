import type { RowRef } from './read-row.ts';
import { queryRows, takeRows } from './query-rows.ts';
import type { Write } from './transaction.ts';

/** All rows under the user's id in a table whose other key is `sort`. */
export async function refsOfUser(TableName: string, sort: string, userId: string): Promise<RowRef[]> {
  const { items } = await takeRows(
    queryRows<Record<string, unknown>>({
      TableName,
      KeyConditionExpression: 'userId = :user',
      ExpressionAttributeNames: { '#sort': sort },
      ExpressionAttributeValues: { ':user': userId },
      ProjectionExpression: 'userId, #sort',
      ConsistentRead: true,
    }),
  );
  return items.map((Key) => ({ TableName, Key }));
}

/** Deletes the rows, in one transaction with whatever else is written. */
export const deletionsOf = (refs: readonly RowRef[]): Record<string, Write> =>
  Object.fromEntries(refs.map((Delete, position) => [`deletion ${position}`, { Delete }]));
