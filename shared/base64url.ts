/** Base64url without padding (RFC 4648, 5). */
export const encode = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/**
 * The bytes of `text`; undefined unless `text` is the canonical spelling of exactly `length` bytes. A decoder that
 * ignores spare bits would allow several spellings of one token.
 */
export function decode(text: string, length: number): Uint8Array | undefined {
  if (!/^[A-Za-z0-9_-]+$/.test(text) || text.length !== Math.ceil((length * 4) / 3)) return undefined;
  const bytes = new Uint8Array(Buffer.from(text, 'base64url'));
  return encode(bytes) === text ? bytes : undefined;
}
