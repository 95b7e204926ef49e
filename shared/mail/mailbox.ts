const bare = (text: string): string => text.replace(/^\s*mailto:/i, '').trim();

/** The address in a mailbox as mail programs and spreadsheets write it: `Mia <mia@example.com>`, `mailto:mia@example.com`. */
export const emailIn = (text: string): string => bare(/<([^<>]*)>\W*$/.exec(text)?.[1] ?? text);

/** The bullet or number of a line with an address. A blank must follow a character that could also begin an address. */
const lineMark = /^[^\S\n]*(?:[•·・▪●○■□◆◇]|[*–—-]\s|\d+(?:[.)．）]\s|、))[^\S\n]*(?=.*@)/gmu;

/** A mail header's name (`To:`) or a group's name, if an address follows. */
const heading = /^[^@"<:：]*[:：](?=.*@)/u;

/**
 * The addresses of a pasted list, with or without names: one on each line, or separated by blanks, or by commas or semicolons of any
 * script. An address that is listed twice is returned twice, unless it is its own name: `mia@example.com <mia@example.com>`.
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
    // The entry is a name or a part of one, since a name may contain a comma: `Tan, Mia <mia@example.com>`.
    const isName = rest.length > 0 || (!entry.includes('@') && entries[at + 1]?.includes('<'));
    const named = isName ? words.filter((word) => word.includes('@')) : words;
    if (rest.length === 0) return named;
    const email = emailIn(entry);
    return [...named.filter((word) => word !== email), email];
  });
  return found.filter(Boolean);
}
