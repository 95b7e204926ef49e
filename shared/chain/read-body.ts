import { fail } from '../errors/failure.ts';
import { parseParameters, type Parameters } from '../http/parameters.ts';
import type { Event } from './step.ts';

/** Whether the body is compressed, or encoded otherwise (RFC 9110, 8.4). */
export const isEncoded = ({ headers }: Pick<Event, 'headers'>): boolean =>
  !/^[\s,]*(identity[\s,]*)*$/i.test(headers['content-encoding'] ?? '');

/**
 * The body byte for byte; undefined if it may have changed on its way. Types that AWS takes for text arrive as text, with U+FFFD for bytes
 * that are not UTF-8. A text with U+FFFD is what was sent only if it has the length that was sent (C72).
 */
export function readBytes({ body = '', isBase64Encoded, headers }: Event): Buffer | undefined {
  if (isBase64Encoded) return Buffer.from(body, 'base64');
  const bytes = Buffer.from(body);
  if (bytes.length > 0 && isEncoded({ headers })) return undefined;
  const isWhole = !body.includes('\ufffd') || headers['content-length'] === String(bytes.length);
  return isWhole ? bytes : undefined;
}

/** The body as text. @throws Failure `malformed` when it is not UTF-8. */
export function readText(event: Event): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readBytes(event) ?? fail('malformed'));
  } catch {
    return fail('malformed');
  }
}

/** Whether `characters` occur more than `most` times in a text: a body of many parts is expensive to parse (C90). */
export function hasTooMany(text: string, characters: string, most: number): boolean {
  let count = 0;
  for (const character of text) if (characters.includes(character) && ++count > most) return true;
  return false;
}

/** Far more fields than any form of ours has. The time of Node's parser grows with the square of their number. */
const mostFields = 100;

function readFormText(event: Event): string {
  const text = readText(event);
  if (hasTooMany(text, '&', mostFields)) fail('invalid', { errors: [{ path: '', text: 'unknown' }] });
  return text;
}

/** The parameters of a protocol's request, from its form or its query. */
export const readParameters = (event: Event): Parameters =>
  parseParameters(event.requestContext.http.method === 'POST' ? readFormText(event) : event.rawQueryString);

/** The fields of a form (`application/x-www-form-urlencoded`). Of several fields with one name, the last counts. */
export const readForm = (event: Event): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(readFormText(event)));
