import { createPublicKey } from 'node:crypto';
import type { JWK } from 'jose';
import * as z from 'zod/mini';
import { atMost } from '../http/fields.ts';

/** 32 bytes in the one canonical spelling of base64url: one key, one thumbprint. */
const coordinate = z.string().check(atMost(43), z.regex(/^[\w-]{42}[AEIMQUYcgkosw048]$/));

const publicKey = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: coordinate,
  y: coordinate,
});
type PublicKey = z.output<typeof publicKey>;

function isOnCurve(key: unknown): boolean {
  try {
    return createPublicKey({ key: key as PublicKey, format: 'jwk' }).type === 'public';
  } catch {
    return false;
  }
}

/** A P-256 public key as a browser's WebCrypto exports it (RFC 7517); nothing private can be sent by mistake. */
export const deviceKeyField = z.pipe(publicKey, z.custom<PublicKey>(isOnCurve));

/** The thumbprint that identifies a key (RFC 7638). */
export async function thumbprintOf(key: JWK): Promise<string> {
  const { calculateJwkThumbprint } = await import('./jwt.ts');
  return calculateJwkThumbprint(key);
}
