import { parse } from 'bowser';

/** Longer ones are not looked at further; browsers stay far below. */
const longest = 512;

/**
 * What people call the device behind a `User-Agent` header (RFC 9110, 10.1.5): `Chrome on Android`, `Safari on iPhone`,
 * or a program's own name such as `curl`: letters, digits, blanks and hyphens alone (C99). Undefined where it says nothing.
 */
export function deviceName(userAgent: string): string | undefined {
  const text = userAgent.slice(0, longest);
  const program = /^[\w-]{1,40}/.exec(text)?.[0];
  if (program === undefined) return undefined;
  // Every browser begins with this name; other programs begin with their own.
  if (program !== 'Mozilla') return program;
  const { browser, os, platform } = parse(text);
  const place = platform.model ?? os.name;
  const name = browser.name === program ? undefined : browser.name;
  // A model is whatever the header says it is.
  return (
    [
      name,
      place
        ?.replace(/[^\w -].*/s, '')
        .slice(0, 40)
        .trim(),
    ]
      .filter(Boolean)
      .join(' on ') || undefined
  );
}
