import { fail } from '../errors/failure.ts';
import { parseParameters, type Parameters } from '../http/parameters.ts';
import type { Event } from './step.ts';

/** Whether the body is compressed, or encoded otherwise (RFC 9110, 8.4). */
export const isEncoded = ({ headers }: Pick<Event, 'headers'>): boolean =>
  !/^[\s,]*(identity[\s,]*)*$/i.test(headers['content-encoding'] ?? '');

/**
 * The body byte for byte; undefined where it did not arrive so. Types that AWS takes for text arrive as text, in which U+FFFD stands for
 * bytes that are no UTF-8: with one in it, the text is what was sent only if it has the length that was sent (C72).
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

/** Whether more of `characters` are in a text than any body of ours has: what has many parts is dear to parse (C90). */
export function hasTooMany(text: string, characters: string, most: number): boolean {
  let count = 0;
  for (const character of text) if (characters.includes(character) && ++count > most) return true;
  return false;
}

/** Far more than any form of ours has. Node's parser takes a time that grows with their square. */
const mostFields = 100;

function readFormText(event: Event): string {
  const text = readText(event);
  if (hasTooMany(text, '&', mostFields)) fail('invalid', { errors: [{ path: '', text: 'unknown' }] });
  return text;
}

/** The parameters of a protocol: of a form, or of the query. */
export const readParameters = (event: Event): Parameters =>
  parseParameters(event.requestContext.http.method === 'POST' ? readFormText(event) : event.rawQueryString);

/** The fields of a form (`application/x-www-form-urlencoded`); the last of two of one name counts. */
export const readForm = (event: Event): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(readFormText(event)));
