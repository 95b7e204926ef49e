import type { JWK } from 'jose';
import { day, hour } from '../clock.ts';

/** A key pair that signs access tokens: one at a time, its successor published before its turn comes. */
export interface Signer {
  /** 1, 2, 3, …: of two that are made at once, the store keeps one. */
  number: number;
  /** Name of the key in tokens (`kid`): its thumbprint (RFC 7638). */
  id: string;
  publicKey: JWK;
  /** When it signs. Milliseconds. */
  signsFrom: number;
  signsUntil: number;
}

/** How long a key signs. */
const turnMs = 30 * day;
/** How long before its turn a key is published: backends keep the list for a while. */
const publishedBeforeMs = day;
/** How long after its turn a key is published: longer than any token lives. */
const publishedAfterMs = hour;

const isPublished = ({ signsUntil }: Signer, now: number): boolean => signsUntil + publishedAfterMs > now;

/** Keys by which tokens are checked at `now`. */
export const published = (signers: readonly Signer[], now: number): Signer[] =>
  signers.filter((signer) => isPublished(signer, now));

/** The key that signs at `now`. */
export const signerAt = <S extends Signer>(signers: readonly S[], now: number): S | undefined =>
  signers.find(({ signsFrom, signsUntil }) => signsFrom <= now && now < signsUntil);

/** A key that is needed at once signs from so long ago, for those who asked a moment before it was made. */
const graceMs = hour;

/**
 * When the next key is to sign, if it is time to make one: at once, where none signs now (also when clocks were put back,
 * and one only will), or after the present one.
 */
export function nextTurn(
  signers: readonly Signer[],
  now: number,
): { from: number; until: number } | undefined {
  if (!signerAt(signers, now)) {
    const from = now - graceMs;
    const later = signers.map(({ signsFrom }) => signsFrom).filter((start) => start > now);
    return { from, until: Math.min(from + turnMs, ...later) };
  }
  const last = Math.max(...signers.map(({ signsUntil }) => signsUntil));
  return last - now >= publishedBeforeMs ? undefined : { from: last, until: last + turnMs };
}

/** When the store may forget a key. */
export const signerExpiry = ({ signsUntil }: Pick<Signer, 'signsUntil'>): number =>
  signsUntil + publishedAfterMs;
