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

/** The fields of a form (`application/x-www-form-urlencoded`); the last of two of one name counts. */
export const readForm = (event: Event): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(readText(event)));
