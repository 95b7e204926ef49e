import { foldPassword } from './password.ts';

/**
 * Whether a password is one of those that attackers try first, in small letters or capital ones: 49,000 passwords from
 * breaches, and 8,000 single words. The list is some 410 kB of code, which is not loaded before somebody chooses a password.
 */
export async function isCommonPassword(password: string): Promise<boolean> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  const folded = foldPassword(password);
  return Object.values(dictionary).some((list) => list.includes(folded));
}
