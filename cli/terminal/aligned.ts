/** Characters that take two columns of a terminal (Unicode, East Asian Width): letters of Japanese, Chinese and Korean, and pictures. */
const wide =
  /[\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]|(?![\uff61-\uffdc])[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]|\p{Emoji_Presentation}/gu;

/** Characters that take no column: marks on the letter before. */
const within = /[\p{M}\p{Cf}]/gu;

const count = (text: string, characters: RegExp): number => text.match(characters)?.length ?? 0;

/** The columns that a text takes on a terminal. */
const widthOf = (text: string): number => [...text].length + count(text, wide) - count(text, within);

/** Pads the cells, so that each column has one width. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, widthOf(cell))));
  return rows.map((row) =>
    row
      .map((cell, at) => cell + ' '.repeat((widths[at] ?? 0) - widthOf(cell)))
      .join('  ')
      .trimEnd(),
  );
}
