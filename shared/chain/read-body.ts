import { fail } from '../errors/failure.ts';
import type { Event } from './step.ts';

/** The body as text. @throws Failure `malformed` when it is not UTF-8. */
export function readText({ body = '', isBase64Encoded }: Event): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(
      Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
    );
  } catch {
    return fail('malformed');
  }
}

/** Whether more of `characters` are in a text than any body of ours has: what has many parts is dear to parse (C90). */
export function hasTooMany(text: string, characters: string, most: number): boolean {
  let count = 0;
  for (const character of text) if (characters.includes(character) && ++count > most) return true;
  return false;
}

/** Far more than any form of ours has. Node's parser takes a time that grows with their square. */
const mostFields = 100;

/** The fields of a form (`application/x-www-form-urlencoded`); the last of two of one name counts. */
export function readForm(event: Event): Record<string, string> {
  const text = readText(event);
  if (hasTooMany(text, '&', mostFields)) fail('invalid', { errors: [{ path: '', text: 'unknown' }] });
  return Object.fromEntries(new URLSearchParams(text));
}
