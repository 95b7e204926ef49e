import { isPlain, spellingsOf } from './spelled-key.ts';

/** Replaces each character of a key. */
const star = '*'.charCodeAt(0);

/** Finds the next spelling of a key from `from` on. An `end` of Infinity means that the bytes end before a match is certain. */
type FindKey = (bytes: Buffer, from: number) => { at: number; end: number } | undefined;

/** How many bytes at the end of `bytes` are a beginning of `secret`. */
function beginningAt(bytes: Buffer, secret: Buffer): number {
  for (let length = Math.min(bytes.length, secret.length - 1); length > 0; length -= 1)
    if (bytes.subarray(bytes.length - length).equals(secret.subarray(0, length))) return length;
  return 0;
}

const asItIs =
  (secret: Buffer): FindKey =>
  (bytes, from) => {
    const at = bytes.indexOf(secret, from);
    if (at >= 0) return { at, end: at + secret.length };
    const length = beginningAt(bytes.subarray(from), secret);
    return length > 0 ? { at: bytes.length - length, end: Infinity } : undefined;
  };

/** Masks a key, in place. @returns where a possible beginning of the key at the end of `bytes` starts; their length if none does. */
function maskIn(bytes: Buffer, find: FindKey): number {
  for (let from = 0; ;) {
    const found = find(bytes, from);
    if (!found) return bytes.length;
    const { at, end } = found;
    if (end === Infinity) return at;
    bytes.fill(star, at, end);
    from = end;
  }
}

/** Most keys have only one spelling, which is found quickly. */
const findOf = (key: string): FindKey =>
  [...key].every(isPlain) ? asItIs(Buffer.from(key)) : spellingsOf(Buffer.from(key));

/** The value of a header, whose characters are bytes, with every occurrence of `key` masked. */
export function maskText(text: string, key: string): string {
  const bytes = Buffer.from(text, 'latin1');
  maskIn(bytes, findOf(key));
  return bytes.toString('latin1');
}

/**
 * The same bytes with every occurrence of `key` masked, in any spelling and also across two parts. A provider that repeats the key
 * must not reveal it to the caller, who holds only a token. Only a possible beginning of the key is held back.
 */
export async function* maskKey(parts: AsyncIterable<Buffer>, key: string): AsyncGenerator<Buffer> {
  const find = findOf(key);
  let held: Buffer = Buffer.alloc(0);
  for await (const part of parts) {
    const bytes = held.length > 0 ? Buffer.concat([held, part]) : part;
    const end = maskIn(bytes, find);
    held = bytes.subarray(end);
    if (end > 0) yield bytes.subarray(0, end);
  }
  if (held.length > 0) yield held;
}
