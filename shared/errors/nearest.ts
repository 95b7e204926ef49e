/** The known word that a mistyped one most likely means; undefined if none is close. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const typed = word.toLowerCase();
  const [best] = known
    .map((candidate) => ({ candidate, edits: editsTo(candidate.toLowerCase(), typed) }))
    .toSorted((a, b) => a.edits - b.edits);
  return best && best.edits <= Math.max(2, word.length / 3) ? best.candidate : undefined;
}

/** Edits from one word to the other. An unfinished word counts as nearer than any mistyped one. */
const editsTo = (candidate: string, typed: string): number =>
  typed !== '' && candidate.startsWith(typed) ? 0.5 : distance(typed, candidate);

/** Least number of insertions, deletions and replacements that turn `a` into `b` (Levenshtein). */
export function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries())
      next.push(Math.min(row[j + 1]! + 1, next[j]! + 1, row[j]! + (letter === other ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}
