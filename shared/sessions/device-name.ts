/** Only this many characters of a header are read; browsers stay far below. */
const longest = 512;

/**
 * What people call the device behind a `User-Agent` header (RFC 9110, 10.1.5): `Chrome on Android`, `Safari on iPhone`,
 * or a program's own name such as `curl`; only letters, digits, blanks and hyphens (C99). Undefined if the header names none.
 */
export async function deviceName(userAgent: string): Promise<string | undefined> {
  const text = userAgent.slice(0, longest);
  const program = /^[\w-]{1,40}/.exec(text)?.[0];
  // Every browser begins with this name; other programs begin with their own.
  if (program !== 'Mozilla') return program;
  const { parse } = await import('bowser');
  const { browser, os, platform } = parse(text);
  const [name, place] = [browser.name, platform.model ?? os.name].map(plain);
  return [name === program ? undefined : name, place].filter(Boolean).join(' on ') || undefined;
}

/** A name as far as it is plain text. The header of a model or of an unknown browser may hold anything in its place. */
const plain = (name: string | undefined): string | undefined =>
  name
    ?.replace(/[^\w -].*/s, '')
    .slice(0, 40)
    .trim();
