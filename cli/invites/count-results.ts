/** The words for results in a summary. */
const words: Readonly<Record<string, string>> = {
  invite: 'to invite',
  invited: 'invited',
  member: 'already a member',
  already_invited: 'already invited',
  bad_address: 'no address',
  suppressed: 'held back, as mail to it came back or was marked as spam',
  duplicate: 'twice in the file',
  unknown: 'only the server can tell',
};

/** Results of people who get no invite and have none. */
const failures = new Set(['bad_address', 'suppressed']);

export const hasFailed = (result: string): boolean => failures.has(result);

/** How often there is each result. */
export function countsOf(rows: readonly { result: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { result } of rows) counts[result] = (counts[result] ?? 0) + 1;
  return counts;
}

/** `3 invited, 1 already a member` */
export const tally = (rows: readonly { result: string }[]): string =>
  Object.entries(countsOf(rows))
    .map(([result, count]) => `${count} ${words[result] ?? result}`)
    .join(', ');
