import { expect, test } from 'vitest';
import { senderOf } from '#shared/mail/sender.ts';

const address = 'invites@example.com';

/** The name that a mail program shows: a quoted text (RFC 5322, 3.2.4) or encoded words (RFC 2047, 6.2). */
function shownName(from: string): string {
  const [, quoted, words] =
    /^(?:"([^"\\]*)"|((?:=\?UTF-8\?B\?[A-Za-z\d+/=]+\?= ?)+)) <invites@example\.com>$/.exec(from)!;
  if (quoted !== undefined) return quoted;
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  // Each word is decoded by itself. The space between two words is no part of the name.
  return words!
    .trim()
    .split(' ')
    .map((word) => utf8.decode(Buffer.from(word.slice('=?UTF-8?B?'.length, -2), 'base64')))
    .join('');
}

test.each([
  'Latchkey',
  "Kazoku & Co., the Smiths' (new) choir",
  'a "quoted" name \\ and more',
  'x@example.com, y',
  '家族の招待状',
  'café au lait',
  '😀'.repeat(30),
  '家'.repeat(60),
  'a'.repeat(60),
])('R8.1: mail programs show the app’s name as it is set: %s', (name) => {
  const from = senderOf(name, address);
  expect(from).toMatch(/^[\x20-\x7e]+$/);
  expect(shownName(from)).toBe(name);
  for (const word of from.match(/=\?[^ ]+\?=/g) ?? []) expect(word.length).toBeLessThanOrEqual(75);
});
