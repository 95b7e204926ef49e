import { nearest } from '#shared/errors/nearest.ts';

/** Says that a setting is not known, and which one may have been meant. */
export function unknownSetting(key: string, known: readonly string[]): string {
  const near = nearest(key, known);
  return `There is no setting ${key}${near ? `; did you mean ${near}?` : '.'}`;
}
