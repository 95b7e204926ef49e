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

/**
 * The part that sets each of `fields` to its value, and removes those whose value is undefined. It names a field as `#field`, so that
 * DynamoDB's reserved words can be fields, and its value as `:new_field`, so that a condition on the same field keeps its own value.
 */
export function setFields(fields: object): UpdatePart {
  const all = Object.entries(fields) as [string, unknown][];
  const set = all.filter(([, value]) => value !== undefined);
  const removed = all.filter(([, value]) => value === undefined);
  return {
    ...(set.length > 0 && { set: set.map(([name]) => `#${name} = :new_${name}`).join(', ') }),
    ...(removed.length > 0 && { remove: removed.map(([name]) => `#${name}`).join(', ') }),
    names: Object.fromEntries(all.map(([name]) => [`#${name}`, name])),
    values: Object.fromEntries(set.map(([name, value]) => [`:new_${name}`, value])),
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
