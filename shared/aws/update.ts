import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';

/** A part of one write: its changes and its condition, with the names and values in both. */
export interface UpdatePart {
  set?: string;
  remove?: string;
  add?: string;
  when?: string;
  names?: Readonly<Record<string, string>>;
  values?: Readonly<Record<string, unknown>>;
}

interface Condition extends Pick<
  UpdateCommandInput,
  'ExpressionAttributeNames' | 'ExpressionAttributeValues'
> {
  ConditionExpression: string;
}

/** Joins the conditions of `parts`, at least one, with all their names and values. Equal names and values are shared. */
export function joinConditions(parts: readonly UpdatePart[]): Condition {
  const names = Object.assign({}, ...parts.map((part) => part.names)) as Record<string, string>;
  const values = Object.assign({}, ...parts.map((part) => part.values)) as Record<string, unknown>;
  return {
    ConditionExpression: parts.flatMap(({ when }) => when ?? []).join(' AND '),
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
  };
}

/** Joins `parts` into one update, which does all of them or nothing. */
export function joinUpdates(parts: readonly UpdatePart[]): Condition & { UpdateExpression: string } {
  const clauses = (['set', 'remove', 'add'] as const).flatMap((verb) => {
    const changes = parts.flatMap((part) => part[verb] ?? []);
    return changes.length > 0 ? `${verb.toUpperCase()} ${changes.join(', ')}` : [];
  });
  return { UpdateExpression: clauses.join(' '), ...joinConditions(parts) };
}
