import { foldPassword } from './password.ts';

/** Characters of the shortest word that counts, so that Al may have a password with "al" in it. */
const minWordCharacters = 3;

/** The most digits and punctuation around a word that still make no password of it: as many as a birthday has. */
const maxExtraCharacters = 8;

/** The ways to type a value: whole, each of its parts (those of an address or a full name), and its parts joined. */
function spellings(value: string): string[] {
  const folded = foldPassword(value);
  const parts = folded.split(/[^\p{L}\p{M}\p{N}]+/u);
  return [folded, parts.join(''), ...parts].filter((word) => [...word].length >= minWordCharacters);
}

/**
 * Whether a password is little more than easily guessed words: one word alone, several in a row, or either with a few
 * digits or punctuation around. Any letter beyond these words makes it another password.
 * @param values the texts from which the words are taken: names, addresses, the app's name.
 */
export function isContextPassword(password: string, values: readonly string[]): boolean {
  const folded = foldPassword(password);
  const longestFirst = values.flatMap(spellings).toSorted((a, b) => b.length - a.length);
  // A space replaces each word, so that the text to its left and right does not become a word.
  const around = longestFirst.reduce((rest, word) => rest.replaceAll(word, ' '), folded);
  if (around === folded || /\p{L}/u.test(around)) return false;
  return [...around.replaceAll(' ', '')].length <= maxExtraCharacters;
}
