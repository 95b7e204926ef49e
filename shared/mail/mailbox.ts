const bare = (text: string): string => text.replace(/^\s*mailto:/i, '').trim();

/** The address in what mail programs and spreadsheets write for a mailbox: `Mia <mia@example.com>`, `mailto:mia@example.com`. */
export const emailIn = (text: string): string => bare(/<([^<>]*)>\W*$/.exec(text)?.[1] ?? text);

/** The bullet or the number of a line with an address. What can begin an address itself has a blank behind it. */
const lineMark = /^[^\S\n]*(?:[•·・▪●○■□◆◇]|[*–—-]\s|\d+(?:[.)．）]\s|、))[^\S\n]*(?=.*@)/gmu;

/** The head of a mail (`To:`) or the name of a group, where an address follows. */
const heading = /^[^@"<:：]*[:：](?=.*@)/u;

/**
 * The addresses of a pasted list: one a line, or with commas and semicolons of any script or blanks between them, with names or without.
 * One that is named again comes again, but not where it is its own name: `mia@example.com <mia@example.com>`.
 */
export function emailsIn(text: string): string[] {
  // A quoted name and an address in angle brackets stay whole, whatever is in them.
  const entries =
    text
      .replaceAll(lineMark, '')
      .match(/(?:"[^"\n]*"|[^,;，；、､\n"<>])*<[^<>\n]*>|(?:"[^"\n]*"|[^,;，；、､\n"<>])+/g) ?? [];
  const found = entries.flatMap((entry, at) => {
    const [before = '', ...rest] = entry.split('<');
    const words = before
      .replaceAll(/"[^"]*"/g, ' ')
      .replace(heading, '')
      .split(/\s+/)
      .map(bare)
      .filter(Boolean);
    // A name, of which a comma may be a part: `Tan, Mia <mia@example.com>`.
    const isName = rest.length > 0 || (!entry.includes('@') && entries[at + 1]?.includes('<'));
    const named = isName ? words.filter((word) => word.includes('@')) : words;
    if (rest.length === 0) return named;
    const email = emailIn(entry);
    return [...named.filter((word) => word !== email), email];
  });
  return found.filter(Boolean);
}
