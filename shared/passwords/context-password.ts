import { foldPassword } from './password.ts';

/** Characters of the shortest word that counts, so that Al may have a password with "al" in it. */
const minWordCharacters = 3;

/** Digits and punctuation that make no password of the word that they stand around: a birthday at the most. */
const maxExtraCharacters = 8;

/** Everything that a value can be typed as: whole, its parts (those of an address or a full name), and them in one. */
function spellings(value: string): string[] {
  const folded = foldPassword(value);
  const parts = folded.split(/[^\p{L}\p{M}\p{N}]+/u);
  return [folded, parts.join(''), ...parts].filter((word) => [...word].length >= minWordCharacters);
}

/**
 * Whether a password is little more than words that are easily guessed: one of them alone, some in a row, or with a few
 * digits or punctuation around. Letters of one's own make it another password.
 * @param values what the words are taken from: names, addresses, the app's name.
 */
export function isContextPassword(password: string, values: readonly string[]): boolean {
  const folded = foldPassword(password);
  const longestFirst = values.flatMap(spellings).toSorted((a, b) => b.length - a.length);
  // A space in each word's place: what stood to its left and right is not to become a word.
  const around = longestFirst.reduce((rest, word) => rest.replaceAll(word, ' '), folded);
  if (around === folded || /\p{L}/u.test(around)) return false;
  return [...around.replaceAll(' ', '')].length <= maxExtraCharacters;
}
