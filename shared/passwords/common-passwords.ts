import { dictionary } from '@zxcvbn-ts/language-common';
import { foldPassword } from './password.ts';

/**
 * Whether a password is one of those that attackers try first, in small letters or capital ones: 49,000 passwords from
 * breaches, and 8,000 single words. The list is some 410 kB of code and is unpacked as this module is loaded, so
 * import it when it is needed (`await import`), and only where passwords are chosen.
 */
export function isCommonPassword(password: string): boolean {
  const folded = foldPassword(password);
  return Object.values(dictionary).some((list) => list.includes(folded));
}
