import { queryRows } from './query-rows.ts';
import type { Write } from './transaction.ts';

/**
 * Deletes each row that lies under the user's id in a table whose other key is `sort`.
 * @param prefix what that key begins with in the rows that are meant, where not all are.
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
