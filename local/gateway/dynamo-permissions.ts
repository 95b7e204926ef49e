import { arn } from '../template/arn.ts';
import type { Account, Permission } from './permission.ts';

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

/** The permissions that IAM checks for a DynamoDB request: per table for batches, per item for transactions. */
export function dynamoPermissions(action: string, fields: Fields, { region }: Account): Permission[] {
  const tableArn = (name: string): string =>
    name.startsWith('arn:') ? name : arn('dynamodb', region, `table/${name}`);
  const permission = (name: string, resource: string): Permission => ({
    action: `dynamodb:${name}`,
    resource,
  });
  const unique = (permissions: Permission[]): Permission[] => [
    ...new Map(permissions.map((one) => [`${one.action} ${one.resource}`, one])).values(),
  ];

  if (action === 'TransactWriteItems' || action === 'TransactGetItems') {
    const items = (fields['TransactItems'] ?? []) as Record<string, { TableName?: string }>[];
    return unique(
      items.flatMap((item) =>
        Object.entries(item).map(([kind, { TableName = '' }]) =>
          permission(itemActions[kind] ?? kind, tableArn(TableName)),
        ),
      ),
    );
  }
  if (action === 'BatchGetItem' || action === 'BatchWriteItem') {
    return Object.keys(fields['RequestItems'] ?? {}).map((name) => permission(action, tableArn(name)));
  }
  if (typeof fields['TableName'] !== 'string') return [permission(action, '*')];
  const table = tableArn(fields['TableName']);
  const index = fields['IndexName'];
  return [permission(action, typeof index === 'string' ? `${table}/index/${index}` : table)];
}
