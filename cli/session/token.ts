import { wrongUsage } from '../failures.ts';

/** Whether a text can be a token. If any other text were sent in a header, fetch would refuse it and quote it. */
export const isToken = (text: string): boolean => /^[\x21-\x7e]{1,4096}$/.test(text);

/** The token from the environment. Blanks and line ends around it come from copying, and are removed. */
export function tokenIn(text: string): string {
  const token = text.trim();
  if (isToken(token)) return token;
  throw wrongUsage('LATCHKEY_TOKEN is no token: it has blanks, line breaks or other characters within.');
}
