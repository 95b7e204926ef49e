import { setTimeout as delay } from 'node:timers/promises';
import { DeleteItemCommand, type AttributeValue, type TableDescription } from '@aws-sdk/client-dynamodb';
import { errorNameOf, type Aws } from './aws.ts';

/** How often in a row a write must be refused: a policy reaches the parts of DynamoDB one after the other. */
const refusals = 3;
const pauseMs = 500;

/** A key that no row of Latchkey's tables has. */
const absentKey = ({ KeySchema = [], AttributeDefinitions = [] }: TableDescription) =>
  Object.fromEntries(
    KeySchema.map(({ AttributeName = '' }): [string, AttributeValue] => {
      const type = AttributeDefinitions.find((one) => one.AttributeName === AttributeName)?.AttributeType;
      return [AttributeName, type === 'N' ? { N: '-1' } : { S: 'latchkey-restore' }];
    }),
  );

/**
 * Waits until a policy that denies writes is in force, which AWS promises only some seconds after it was set. A write that still
 * succeeded could be missed when rows are carried over, and be lost. The test is to delete a row that does not exist.
 */
export async function untilClosed(
  { dynamo }: Aws,
  table: TableDescription,
  signal: AbortSignal,
): Promise<void> {
  const { TableName } = table;
  for (let refused = 0; refused < refusals;) {
    try {
      await dynamo.send(new DeleteItemCommand({ TableName, Key: absentKey(table) }));
      refused = 0;
    } catch (error) {
      if (errorNameOf(error) !== 'AccessDeniedException') throw error;
      refused += 1;
    }
    await delay(pauseMs, undefined, { signal });
  }
}
