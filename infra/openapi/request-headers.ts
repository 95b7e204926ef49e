import { idempotencyKeyForm } from '#shared/guards/idempotency-key.ts';
import { recogniseRepeats, repeatsKeptMs } from '#shared/guards/repeats.ts';
import { hour } from '#shared/clock.ts';
import type { Operation } from '#shared/operation/operation.ts';

type Json = Record<string, unknown>;

const header = (name: string, description: string, more: Json = {}): Json => ({
  name,
  in: 'header',
  required: false,
  description,
  schema: { type: 'string', ...more },
});

const proof = header(
  'DPoP',
  'The proof of the device’s key (RFC 9449), where the session is bound to one: its `ath` is the hash of the token, or with a cookie of the session’s id.',
);

const idempotencyKey = header(
  'Idempotency-Key',
  `Makes repeats known for ${repeatsKeptMs / hour} hours: the same key with the same body is done once.`,
  { pattern: idempotencyKeyForm.source },
);

/** Headers that an operation reads, besides those of HTTP itself. */
export const requestHeaders = ({ kind, auth, uses }: Operation): Json[] => [
  ...(kind === 'operation' && auth !== 'public' ? [proof] : []),
  ...(uses.some(({ name }) => name === recogniseRepeats.name) ? [idempotencyKey] : []),
];
