/** Quotes a word so that shells take it as one word. */
const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;

/**
 * This command, ready to be typed again: without the options in `dropped`, and with `added` at its end. The value in `dropped`
 * says whether the option takes an argument. No command line of Latchkey contains a secret.
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
