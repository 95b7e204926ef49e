import { foldPassword } from './password.ts';
import { isPattern, repeatedPart } from './pattern-password.ts';

/**
 * Whether a password is one that attackers try first, in lower or upper case: 49,000 passwords from breaches, 8,000 single
 * words, any of these repeated, and patterns. The list is some 410 kB of code, which is loaded only when a user chooses a
 * password.
 */
export async function isCommonPassword(password: string): Promise<boolean> {
  const folded = foldPassword(password);
  if (isPattern(folded)) return true;
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  const part = repeatedPart(folded);
  return Object.values(dictionary).some((list) => list.includes(folded) || list.includes(part));
}
