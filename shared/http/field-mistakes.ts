import type { core } from 'zod/mini';
import type { FieldMistake } from '../errors/failure.ts';
import { sayMistake } from '../errors/problem.ts';
import type { Locale } from '../locale.ts';

/** Most mistakes that one answer names: enough for any form, too few to make a small request a large answer. */
const most = 20;

/** Zod's issues, in words for the person who typed the input. They never repeat typed values. */
export function fieldMistakes(issues: readonly core.$ZodIssue[], input: unknown): FieldMistake[] {
  const mistakes = issues.slice(0, most).flatMap((issue): FieldMistake[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.slice(0, most).map((key) => ({
        path: [...issue.path, key].join('.').slice(0, 100),
        text: 'unknown',
      }));
    }
    const path = issue.path.join('.');
    const isOurs = issue.code === 'custom';
    return valueAt(input, issue.path) === undefined && !isOurs
      ? [{ path, text: 'missing' }]
      : [{ path, ...explain(issue) }];
  });
  return mistakes.slice(0, most);
}

/** Zod's first issue with one value, in the reader's language; undefined if there is none. */
export function reasonOf(
  error: core.$ZodError | undefined,
  value: unknown,
  locale: Locale,
): string | undefined {
  const [mistake] = error ? fieldMistakes(error.issues, value) : [];
  return mistake && sayMistake(mistake, locale);
}

function explain(issue: core.$ZodIssue): Omit<FieldMistake, 'path'> {
  switch (issue.code) {
    case 'invalid_type':
      return { text: 'type', values: { type: issue.expected } };
    case 'too_small':
      if (issue.origin === 'string' && issue.minimum === 1) return { text: 'missing' };
      return { text: issue.origin === 'string' ? 'short' : 'small', values: { min: Number(issue.minimum) } };
    case 'too_big':
      return { text: issue.origin === 'string' ? 'long' : 'big', values: { max: Number(issue.maximum) } };
    case 'invalid_value':
      return { text: 'choice', values: { choices: issue.values.join(', ') } };
    case 'invalid_format':
      return { text: issue.format === 'email' ? 'email' : 'format' };
    case 'custom':
      return { text: 'format', ...(issue.params as Partial<FieldMistake> | undefined) };
    default:
      return { text: 'format' };
  }
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[key];
  return value;
}
