import { isObject } from '../base/is-object.ts';

/**
 * The event filtering of a mapping, as far as it is used. A pattern names members of the record, nested as in the record, each
 * with a list of permitted values.
 */
export function matchesPattern(pattern: unknown, value: unknown): boolean {
  if (Array.isArray(pattern)) {
    if (pattern.some((choice) => typeof choice === 'object')) {
      throw new Error(`the filter ${JSON.stringify(pattern)} is not supported by the local stack`);
    }
    return pattern.includes(value);
  }
  if (!isObject(pattern)) return false;
  const members = isObject(value) ? value : {};
  return Object.entries(pattern).every(([name, inner]) => matchesPattern(inner, members[name]));
}
