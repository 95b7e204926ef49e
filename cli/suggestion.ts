import { nearest } from '#shared/errors/nearest.ts';

/** ` Did you mean …?`, or nothing if no known word is near. */
export function suggestion(word: string, known: readonly string[]): string {
  const name = nearest(word, known);
  return name === undefined ? '' : ` Did you mean ${name}?`;
}
