import type { core } from 'zod/mini';
import type { FieldError } from '../errors/failure.ts';
import { fieldTexts } from '../texts/fields.ts';
import { fill, type Locale } from '../texts/locale.ts';

/** What zod found, in words for the person who typed it. Values that were typed are never repeated. */
export function fieldErrors(issues: readonly core.$ZodIssue[], input: unknown, locale: Locale): FieldError[] {
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: [...issue.path, key].join('.').slice(0, 100),
        message: fieldTexts.unknown[locale],
      }));
    }
    const { text, values } = explain(issue, valueAt(input, issue.path) === undefined);
    return [{ path: issue.path.join('.'), message: fill(fieldTexts[text][locale], values) }];
  });
}

interface Explanation {
  text: keyof typeof fieldTexts;
  values: Record<string, string | number>;
}

function explain(issue: core.$ZodIssue, missing: boolean): Explanation {
  if (missing) return { text: 'missing', values: {} };
  switch (issue.code) {
    case 'invalid_type':
      return { text: 'type', values: { type: issue.expected } };
    case 'too_small':
      if (issue.origin === 'string' && issue.minimum === 1) return { text: 'missing', values: {} };
      return { text: issue.origin === 'string' ? 'short' : 'small', values: { min: Number(issue.minimum) } };
    case 'too_big':
      return { text: issue.origin === 'string' ? 'long' : 'big', values: { max: Number(issue.maximum) } };
    case 'invalid_value':
      return { text: 'choice', values: { choices: issue.values.join(', ') } };
    case 'invalid_format':
      return { text: issue.format === 'email' ? 'email' : 'format', values: {} };
    case 'custom':
      return { text: 'format', values: {}, ...(issue.params as Partial<Explanation> | undefined) };
    default:
      return { text: 'format', values: {} };
  }
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[key];
  return value;
}
