import { isObject } from '../base/is-object.ts';

/**
 * Event filtering of a mapping, as far as it is used: a pattern names members of the record, nested as they are there,
 * each with the list of values it may have.
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
