/** Characters of the longest part that makes no password by being repeated. */
const maxPartCharacters = 4;

/** Patterns of more characters are on no list of guesses: a rule for them would refuse what nobody tries. */
const maxPatternCharacters = 32;

/** Whether the same few characters come again and again: `aaaaaaaa`, `12341234`, `abcabcab`. */
function isRepetition(characters: readonly string[]): boolean {
  const sizes = Array.from({ length: maxPartCharacters }, (_, index) => index + 1);
  return sizes.some((size) => characters.every((one, index) => one === characters[index % size]));
}

/** Rows in which people run their fingers along neighbours; behind 9 stands 0. */
const rows = ['01234567890123456789', 'abcdefghijklmnopqrstuvwxyz'];

/** Whether it is a piece of such a row, in either direction: `abcdefgh`, `9876543210`. */
function isRun(text: string): boolean {
  const reversed = [...text].toReversed().join('');
  return rows.some((row) => row.includes(text) || row.includes(reversed));
}

/** What a text is one after another; the text itself, unless it is something twice or more often. */
export const repeatedPart = (text: string): string => /^(.+?)\1+$/su.exec(text)?.[1] ?? text;

/**
 * Whether a folded password is a pattern and not a text (NIST SP 800-63B: "repetitive or sequential characters"). The
 * list of common passwords leaves these out: it was made for a meter that finds them by rules.
 */
export function isPattern(folded: string): boolean {
  const characters = [...folded];
  if (characters.length > maxPatternCharacters) return false;
  return isRepetition(characters) || isRun(repeatedPart(folded));
}
