import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from './dynamodb.ts';

/** Reads one row, consistently; undefined where there is none. */
export async function readRow<Row>(
  TableName: string,
  Key: Readonly<Record<string, unknown>>,
): Promise<Row | undefined> {
  const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
  return Item as Row | undefined;
}
