import { arn } from '../template/arn.ts';
import type { Territory } from './need.ts';
import type { Need } from './policy.ts';

type Fields = Readonly<Record<string, unknown>>;

/** IAM's name for each kind of transaction item. */
const itemActions: Record<string, string> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
};

const writes = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem']);

/** Whether IAM's action changes a table. */
export const isWrite = (action: string): boolean => writes.has(action.replace(/^dynamodb:/, ''));

/** What IAM asks for a DynamoDB request: per table for batches, per item for transactions. */
export function dynamoNeeds(action: string, fields: Fields, { region }: Territory): Need[] {
  const tableArn = (name: string): string =>
    name.startsWith('arn:') ? name : arn('dynamodb', region, `table/${name}`);
  const need = (name: string, resource: string): Need => ({ action: `dynamodb:${name}`, resource });
  const unique = (needs: Need[]): Need[] => [
    ...new Map(needs.map((one) => [`${one.action} ${one.resource}`, one])).values(),
  ];

  if (action === 'TransactWriteItems' || action === 'TransactGetItems') {
    const items = (fields['TransactItems'] ?? []) as Record<string, { TableName?: string }>[];
    return unique(
      items.flatMap((item) =>
        Object.entries(item).map(([kind, { TableName = '' }]) =>
          need(itemActions[kind] ?? kind, tableArn(TableName)),
        ),
      ),
    );
  }
  if (action === 'BatchGetItem' || action === 'BatchWriteItem') {
    return Object.keys(fields['RequestItems'] ?? {}).map((name) => need(action, tableArn(name)));
  }
  if (typeof fields['TableName'] !== 'string') return [need(action, '*')];
  const table = tableArn(fields['TableName']);
  const index = fields['IndexName'];
  return [need(action, typeof index === 'string' ? `${table}/index/${index}` : table)];
}
