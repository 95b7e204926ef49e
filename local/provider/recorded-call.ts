import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** One call of a provider, as it came. */
export interface RecordedCall {
  /** Milliseconds since 1970, on the stack's clock. */
  at: number;
  service: string;
  method: string;
  /** As the provider knows it, with its query. */
  path: string;
  headers: IncomingHttpHeaders;
  /** The body's beginning, as text, and the bytes of all of it. */
  body: string;
  bytes: number;
  /** The key that was sent, whatever it looked like. */
  key: string | undefined;
  /** Whether its answer goes on, hangs as it was told to, went out whole, or was broken off by either side. */
  state: 'open' | 'hanging' | 'answered' | 'broken';
}

/** Characters of a body that are kept. */
export const maxKeptCharacters = 65_536;

/** For people's eyes: the key's SHA-256 instead of the key, wherever it stands. */
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
