import { queryRows } from './query-rows.ts';
import type { Write } from './transaction.ts';

/**
 * Writes that delete all rows of a user in a table whose sort key is `sort`.
 * @param prefix deletes only the rows whose sort key begins with it.
 */
export async function deletionsOf(
  TableName: string,
  sort: string,
  userId: string,
  prefix?: string,
): Promise<Record<string, Write>> {
  const writes: Record<string, Write> = {};
  const keys = queryRows<Record<string, string>>({
    TableName,
    KeyConditionExpression: `userId = :user${prefix ? ' AND begins_with(#sort, :prefix)' : ''}`,
    ExpressionAttributeNames: { '#sort': sort },
    ExpressionAttributeValues: { ':user': userId, ...(prefix && { ':prefix': prefix }) },
    ProjectionExpression: 'userId, #sort',
    ConsistentRead: true,
  });
  for await (const Key of keys) writes[`${TableName} ${Key[sort]}`] = { Delete: { TableName, Key } };
  return writes;
}
