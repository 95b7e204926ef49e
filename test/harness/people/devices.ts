import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { createHash, randomUUID } from 'node:crypto';
import type { Stack } from '#local/stack/running-stack.ts';

export interface TestDevice {
  /** The public key as a browser sends it. */
  deviceKey: { kty: string; crv: string; x: string; y: string };
  /** The secret member of the key pair, which no client may send. */
  d: string;
  /** RFC 7638. */
  thumbprint: string;
  keys: { publicKey: CryptoKey; privateKey: CryptoKey };
}

/** A device with a key pair of its own. */
export async function newDevice(): Promise<TestDevice> {
  const keys = await generateKeyPair('ES256', { extractable: true });
  const { kty, crv, x, y, d } = (await exportJWK(keys.privateKey)) as Required<JsonWebKey>;
  const deviceKey = { kty, crv, x, y };
  return { deviceKey, d, thumbprint: await calculateJwkThumbprint(deviceKey), keys };
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** The contents of a proof. By default, the proof is valid. */
interface Wish {
  method?: string;
  path?: string;
  /** The Bearer token, or the public id of the cookie's session. */
  beside?: string | undefined;
  claims?: object;
  header?: object;
  by?: TestDevice;
}

/** A proof (RFC 9449) for one request, at the stack's time. */
export async function prove(
  stack: Stack,
  device: TestDevice,
  { method = 'GET', path = '/v1/me', beside, claims, header, by = device }: Wish = {},
): Promise<string> {
  return new SignJWT({
    htm: method,
    htu: stack.app + path.split('?')[0]!,
    iat: Math.floor(stack.clock.now() / 1000),
    jti: randomUUID(),
    ...(beside !== undefined && { ath: sha256(beside) }),
    ...claims,
  })
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: device.deviceKey, ...header })
    .sign(by.keys.privateKey);
}
