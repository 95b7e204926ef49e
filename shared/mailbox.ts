const bare = (text: string): string => text.replace(/^\s*mailto:/i, '').trim();

/** The address in what mail programs and spreadsheets write for a mailbox: `Mia <mia@example.com>`, `mailto:mia@example.com`. */
export const addressIn = (text: string): string => bare(/<([^<>]*)>\W*$/.exec(text)?.[1] ?? text);

/**
 * The addresses of a pasted list: one a line, or with commas, semicolons or blanks between them, with names or without. One that is named
 * again comes again, but not where it is its own name: `mia@example.com <mia@example.com>`.
 */
export function addressesIn(text: string): string[] {
  // A quoted name and an address in angle brackets stay whole, whatever is in them.
  const entries = text.match(/(?:"[^"\n]*"|[^,;\n"<>])*<[^<>\n]*>|(?:"[^"\n]*"|[^,;\n"<>])+/g) ?? [];
  const found = entries.flatMap((entry, at) => {
    const [before = '', ...rest] = entry.split('<');
    const words = before
      .replaceAll(/"[^"]*"/g, ' ')
      .split(/\s+/)
      .map(bare)
      .filter(Boolean);
    // A name, of which a comma may be a part: `Tan, Mia <mia@example.com>`.
    const isName = rest.length > 0 || (!entry.includes('@') && entries[at + 1]?.includes('<'));
    const named = isName ? words.filter((word) => word.includes('@')) : words;
    if (rest.length === 0) return named;
    const address = addressIn(entry);
    return [...named.filter((word) => word !== address), address];
  });
  return found.filter(Boolean);
}
