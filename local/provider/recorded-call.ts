import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** One call to a provider, as received. */
export interface RecordedCall {
  /** Milliseconds since 1970, on the stack's clock. */
  at: number;
  service: string;
  method: string;
  /** The path below the service's name, with its query. */
  path: string;
  headers: IncomingHttpHeaders;
  /** The beginning of the body as text, and the size of the whole body in bytes. */
  body: string;
  bytes: number;
  /** The key that was sent, even if it has the wrong form. */
  key: string | undefined;
  /** Whether the answer is under way, hangs on request, was sent completely, or was broken off by either side. */
  state: 'open' | 'hanging' | 'answered' | 'broken';
}

/** The number of characters kept of a body. */
export const maxKeptCharacters = 65_536;

/** The call as shown to people: every occurrence of the key is masked, and `keySha256` is the key's SHA-256. */
export function withoutKey({
  key,
  ...call
}: RecordedCall): Omit<RecordedCall, 'key'> & { keySha256: string | null } {
  const { authorization: _, 'x-api-key': __, ...headers } = call.headers;
  const shown = { ...call, headers };
  if (key === undefined || key === '') return { ...shown, keySha256: null };
  const inJson = JSON.stringify(key).slice(1, -1);
  const text = JSON.stringify(shown).replaceAll(inJson, '***');
  return { ...(JSON.parse(text) as typeof shown), keySha256: createHash('sha256').update(key).digest('hex') };
}
