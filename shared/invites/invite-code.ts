import { seen } from '../others-words.ts';
import { inviteLimits } from './limits.ts';

/** Crockford's base32, the alphabet of derived codes: no I, L, O or U, so that a code survives being read out. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Characters of any code: one that an administrator chose may have a U. */
const codePattern = /^[0-9A-HJKMNP-Z]*$/;
const bitsPerCharacter = 5;

/** Length of a derived code, which is the longest: 50 bits. */
const { min: minLength, max: length }: { min: number; max: number } = inviteLimits.codeLength;

/** The code that the first bits of `bytes` spell, five for a character; at most 12 characters. */
export function spellCode(bytes: Uint8Array, characterCount = length): string {
  let bits = 0n;
  for (const byte of bytes.subarray(0, 8)) bits = (bits << 8n) | BigInt(byte);
  const characters = Array.from({ length: characterCount }, (_, position) => {
    const shift = BigInt(64 - bitsPerCharacter * (position + 1));
    return alphabet[Number((bits >> shift) & 31n)];
  });
  return characters.join('');
}

/** Blanks, and whatever keyboards and mail programs make of a hyphen: dashes, the minus sign, the long-vowel mark of Japanese. */
const separators = /[\s\p{Dash}\u30FC]/gu;

/**
 * The one spelling of a typed code. Case, width, blanks, hyphens and unseen characters make no difference, nor do letters that look
 * like digits (Crockford). Undefined if the text cannot be a code: too short, too long, or of other characters.
 */
export function readCode(typed: string): string | undefined {
  const code = seen(typed)
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(separators, '')
    .replaceAll(/[IL]/g, '1')
    .replaceAll('O', '0');
  return code.length >= minLength && code.length <= length && codePattern.test(code) ? code : undefined;
}

/** Whether an administrator must have chosen the code: derived ones have the full length. */
export const isChosen = (code: string): boolean => code.length < length;

/** A code in two groups, as it is shown. */
export const showCode = (code: string): string =>
  code.length === length ? `${code.slice(0, 5)}-${code.slice(5)}` : code;
