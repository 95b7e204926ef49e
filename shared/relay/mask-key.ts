/** Replaces each character of a key. */
const star = '*'.charCodeAt(0);

/** The text with every occurrence of `key` masked. */
export const maskText = (text: string, key: string): string => text.replaceAll(key, '*'.repeat(key.length));

/**
 * The same bytes with every occurrence of `key` masked, also where it lies across two parts: a provider that repeats the
 * key must not tell it to a caller, who holds a token alone. Only what may be the key's beginning is held back.
 */
export async function* maskKey(parts: AsyncIterable<Buffer>, key: string): AsyncGenerator<Buffer> {
  const secret = Buffer.from(key);
  let held: Buffer = Buffer.alloc(0);
  for await (const part of parts) {
    const bytes = held.length > 0 ? Buffer.concat([held, part]) : part;
    for (let at = bytes.indexOf(secret); at >= 0; at = bytes.indexOf(secret, at + secret.length))
      bytes.fill(star, at, at + secret.length);
    const end = bytes.length - beginningAt(bytes, secret);
    held = bytes.subarray(end);
    if (end > 0) yield bytes.subarray(0, end);
  }
  if (held.length > 0) yield held;
}

/** How many bytes at the end of `bytes` are a beginning of `secret`. */
function beginningAt(bytes: Buffer, secret: Buffer): number {
  for (let length = Math.min(bytes.length, secret.length - 1); length > 0; length -= 1)
    if (bytes.subarray(bytes.length - length).equals(secret.subarray(0, length))) return length;
  return 0;
}
