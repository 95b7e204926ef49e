import { fail } from '../errors/failure.ts';
import type { Request } from '../http/request.ts';

/** A key as the client sends it: visible ASCII characters. */
export const idempotencyKeyForm = /^[\x21-\x7e]{1,128}$/;

/** The request's Idempotency-Key, by which its sender marks repeats; undefined if there is none. */
export function idempotencyKey({ headers }: Request): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined || idempotencyKeyForm.test(key)) return key;
  return fail('invalid', { errors: [{ path: 'Idempotency-Key', text: 'format' }] });
}
