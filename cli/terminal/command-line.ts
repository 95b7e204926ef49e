/** A word as shells take it for one. */
const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;

/**
 * This command once more, as it can be typed: without the options in `dropped`, which have a value where that is true,
 * and with `added` at its end. No secret stands on our command lines.
 */
export function thisCommand(
  dropped: Readonly<Record<string, boolean>>,
  added: readonly string[] = [],
  args: readonly string[] = process.argv.slice(2),
): string {
  const kept: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    const hasValue = dropped[arg.replace(/=.*/s, '')];
    if (hasValue === undefined) kept.push(arg);
    else if (hasValue && !arg.includes('=')) at += 1;
  }
  return ['latchkey', ...kept, ...added].map(quoted).join(' ');
}
