import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { documents } from './dynamodb.ts';

/** Where a row is. Reads take it as it is, writes spread it. */
export interface RowRef {
  TableName: string;
  Key: Record<string, unknown>;
}

/** Reads one row, consistently; undefined where there is none. */
export async function readRow<Row>({ TableName, Key }: RowRef): Promise<Row | undefined> {
  const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
  return Item as Row | undefined;
}
