import { generateKeyPairSync } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';

export interface TestDevice {
  /** The public key as a browser sends it. */
  deviceKey: { kty: string; crv: string; x: string; y: string };
  /** The secret member of the key pair, which nobody may send. */
  d: string;
  /** RFC 7638. */
  thumbprint: string;
}

/** A device with a key pair of its own. */
export async function newDevice(): Promise<TestDevice> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { kty, crv, x, y, d } = privateKey.export({ format: 'jwk' }) as Required<JsonWebKey>;
  const deviceKey = { kty, crv, x, y };
  return { deviceKey, d, thumbprint: await calculateJwkThumbprint(deviceKey) };
}
