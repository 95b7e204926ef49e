import * as z from 'zod/mini';
import { canCarryKey, mayPass } from './headers-never-passed.ts';

/** A path of a provider's API as it is relayed, such as `POST /v1/messages`; without a method, GET and POST. */
const route = z.string().check(z.maxLength(200), z.regex(/^((GET|POST) )?(\/[\w.~-]+)+$/));

const isPattern = (text: string): boolean => {
  try {
    return RegExp(text, 'u').test('') || true;
  } catch {
    return false;
  }
};

/** What Latchkey knows of a provider whose API keys it keeps and whose API it relays. All of it is configuration. */
export const serviceFields = {
  /** What people call it. */
  title: z.string().check(z.minLength(1), z.maxLength(40), z.regex(/^[^\p{Cc}<>"]+$/u)),
  /** Scheme, host and, if any, the path before the relayed one. */
  baseUrl: z.url({ protocol: /^https?$/ }).check(z.regex(/^https?:\/\/[^?#@\s]+$/)),
  /** The header that carries the key, in lower case, and the word before the key in it, such as `Bearer`. */
  header: z.string().check(z.regex(/^[a-z][a-z0-9-]{0,59}$/), z.refine(canCarryKey)),
  scheme: z.string().check(z.regex(/^[A-Za-z]{0,20}$/)),
  /** Regular expression of the whole key, so that another service's key is recognised as such. */
  keyPattern: z.string().check(z.maxLength(200), z.refine(isPattern)),
  /** Paths that generate an answer (`questions`), and paths that do not (`requests`). No other path is relayed. */
  questions: z.array(route).check(z.maxLength(20)),
  requests: z.array(route).check(z.maxLength(20)),
  /** Path that answers a GET with 401 or 403 if the provider does not accept the key; null: keys cannot be checked. */
  check: z.nullable(z.string().check(z.regex(/^(\/[\w.~-]+)+$/))),
  /** Further headers that pass in both directions; a `*` at the end matches any rest. */
  headers: z
    .array(z.string().check(z.regex(/^[a-z][a-z0-9-]*\*?$/), z.refine(mayPass)))
    .check(z.maxLength(20)),
  /** The provider's own page on which people make a key; null: it is not known. */
  keysUrl: z.nullable(z.url({ protocol: /^https$/ }).check(z.maxLength(500))),
  /** The provider whose error format Latchkey's errors have here, so that the service's own client reads them. */
  errors: z.enum(['anthropic', 'openai']),
};

export const serviceSchema = z.strictObject(serviceFields);
export type Service = z.output<typeof serviceSchema>;
