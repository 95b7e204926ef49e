import { wrongUsage } from '../failures.ts';

/** Whether a text can be a token. Anything else would be quoted by the library that refuses it in a header. */
export const isToken = (text: string): boolean => /^[\x21-\x7e]{1,4096}$/.test(text);

/** The token that the environment names. Blanks and line ends around it come from copying, and are left out. */
export function tokenIn(text: string): string {
  const token = text.trim();
  if (isToken(token)) return token;
  throw wrongUsage('LATCHKEY_TOKEN is no token: it has blanks, line breaks or other characters within.');
}
