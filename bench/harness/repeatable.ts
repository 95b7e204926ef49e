import type { BareCall } from './bare-calls.ts';

interface Conditional {
  ConditionExpression?: string;
}

/** The same write with a condition that holds whether or not the row exists. */
const withTrueCondition = <Write extends Conditional>(write: Write): Write =>
  write.ConditionExpression
    ? { ...write, ConditionExpression: `(${write.ConditionExpression}) OR attribute_not_exists(neverThere)` }
    : write;

/**
 * The call in a repeatable form: the conditions of its puts and transactions hold even if its rows exist, and it has no request token,
 * so each call gets its own. Updates stay as they are.
 */
export function repeatable({ action, input }: BareCall): BareCall {
  if (action === 'PutItem') return { action, input: withTrueCondition(input) };
  if (action !== 'TransactWriteItems') return { action, input };
  const items = input['TransactItems'] as Record<string, Conditional>[];
  const TransactItems = items.map((item) =>
    Object.fromEntries(Object.entries(item).map(([kind, write]) => [kind, withTrueCondition(write)])),
  );
  return { action, input: { TransactItems } };
}
