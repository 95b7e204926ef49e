import { createHash } from 'node:crypto';
import type { JWK, JWTPayload } from 'jose';
import { spendOnce } from '../guards/spend-once.ts';
import { thumbprintOf } from './device-key.ts';
import { capability, onTable } from '../deployment/capability.ts';
import { minute, second, toSeconds } from '../clock.ts';

/** How far a device's clock may be off, as those of phones are. The replay check does not depend on that clock. */
const toleranceMs = 5 * minute;
const longestProof = 2_000;

/** What a proof must be about. */
interface Subject {
  /** The request's id: a repeat of our own write is not a replay. */
  requestId: string;
  method: string;
  /** Without query and fragment. */
  url: string;
  /** The credential that the proof must name (`ath`): the Bearer token, or the public id of a cookie's session; absent at sign-in. */
  beside?: string | undefined;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Checks that a caller holds a device key (DPoP, RFC 9449). */
export const checkProofs = capability('proofs', [onTable('counters', 'PutItem')], (config) => {
  /** Marks a proof as used; false when it was used before. */
  const burn = (thumbprint: string, jti: string, requestId: string, now: number): Promise<boolean> =>
    spendOnce(config, 'proof', `${thumbprint}#${sha256(jti)}`, requestId, toSeconds(now + 3 * toleranceMs));

  return {
    /**
     * The thumbprint (RFC 7638) of the key that made `proof` for this request, at this time and for the first time;
     * undefined for every other proof (RFC 9449, 4.3).
     */
    async prover(proof: string | undefined, subject: Subject, now: number): Promise<string | undefined> {
      const read = proof !== undefined && proof.length <= longestProof && (await verify(proof));
      if (!read) return undefined;
      const { payload, jwk } = read;
      if (!isAbout(payload, subject, now)) return undefined;
      const thumbprint = await thumbprintOf(jwk);
      return (await burn(thumbprint, payload.jti!, subject.requestId, now)) ? thumbprint : undefined;
    },
  };
});

async function verify(proof: string): Promise<{ payload: JWTPayload; jwk: JWK } | undefined> {
  try {
    // Times are checked below, with a wide tolerance and by the injected clock.
    const options = { algorithms: ['ES256'], typ: 'dpop+jwt', currentDate: new Date(0) };
    const { EmbeddedJWK, jwtVerify } = await import('./jwt.ts');
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, options);
    return { payload, jwk: protectedHeader.jwk! };
  } catch {
    return undefined;
  }
}

function isAbout(payload: JWTPayload, { method, url, beside }: Subject, now: number): boolean {
  const { htm, htu, ath, jti, iat } = payload;
  return (
    htm === method &&
    htu === url &&
    ath === (beside === undefined ? undefined : sha256(beside)) &&
    typeof jti === 'string' &&
    jti.length > 0 &&
    typeof iat === 'number' &&
    Math.abs(iat * second - now) <= toleranceMs
  );
}
