import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { dynamodb, ownForm } from './dynamodb.ts';

/** Where a row is. Reads take it as it is, writes spread it. */
export interface RowRef {
  TableName: string;
  Key: Record<string, unknown>;
}

/** Reads one row, consistently; undefined if there is none. */
export async function readRow<Row>({ TableName, Key }: RowRef): Promise<Row | undefined> {
  const get = new GetItemCommand({ TableName, Key: ownForm(Key), ConsistentRead: true });
  const { Item } = await dynamodb.send(get);
  return Item && (unmarshall(Item) as Row);
}
