/** Length, in characters, of the longest part whose repetition counts as a pattern. */
const maxPartCharacters = 4;

/** Longer patterns are on no list of guesses: a rule for them would refuse passwords that no attacker tries. */
const maxPatternCharacters = 32;

/** Whether the same few characters come again and again: `aaaaaaaa`, `12341234`, `abcabcab`. */
function isRepetition(characters: readonly string[]): boolean {
  const sizes = Array.from({ length: maxPartCharacters }, (_, index) => index + 1);
  return sizes.some((size) => characters.every((one, index) => one === characters[index % size]));
}

/** Sequences that people type from neighbour to neighbour; 0 follows 9. */
const rows = ['01234567890123456789', 'abcdefghijklmnopqrstuvwxyz'];

/** Whether a text is a piece of one of the rows, in either direction: `abcdefgh`, `9876543210`. */
function isRun(text: string): boolean {
  const reversed = [...text].toReversed().join('');
  return rows.some((row) => row.includes(text) || row.includes(reversed));
}

/** The shortest part whose repetition makes up a text; the text itself if there is no such part. */
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
