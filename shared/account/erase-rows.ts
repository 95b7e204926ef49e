import { capability, onTable } from '../deployment/capability.ts';
import { queryRows, takeRows } from '../aws/query-rows.ts';
import { tables } from '../deployment/tables.ts';
import { transact } from '../aws/transaction.ts';

/** Tables whose rows lie under `userId`; all that a deleted user has there is erased. */
const partitions = ['sessions', 'keys'] as const;

/** Rows that are erased together; DynamoDB takes up to 100. */
const together = 50;

/** Erases what deleted users leave behind. */
export const eraseRows = capability(
  'leftovers',
  partitions.map((table) => onTable(table, 'Query', 'DeleteItem')),
  (config) => ({
    /** Erases all rows of a user; what is gone already stays gone. */
    async erase(userId: string): Promise<void> {
      for (const table of partitions) {
        const TableName = config.table(table);
        const [sort] = Object.keys(tables[table].sort);
        const { items } = await takeRows(
          queryRows<Record<string, unknown>>({
            TableName,
            KeyConditionExpression: 'userId = :user',
            ExpressionAttributeNames: { '#sort': sort! },
            ExpressionAttributeValues: { ':user': userId },
            ProjectionExpression: 'userId, #sort',
            ConsistentRead: true,
          }),
        );
        for (let start = 0; start < items.length; start += together) {
          const deletes = items
            .slice(start, start + together)
            .map((Key, position) => [`row${position}`, { Delete: { TableName, Key } }]);
          await transact(Object.fromEntries(deletes));
        }
      }
    },
  }),
);
