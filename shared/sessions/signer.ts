import type { JWK } from 'jose';
import { day, hour, minute } from '../clock.ts';
import type { SigningAlg } from '../deployment/settings.ts';

/** A key pair that signs tokens. One key of each algorithm signs at a time; its successor is published before its turn. */
export interface Signer {
  /** 1, 2, 3, …: of two keys that are made at once, the store keeps one. */
  number: number;
  /** Name of the key in tokens (`kid`): its thumbprint (RFC 7638). */
  id: string;
  /** The only algorithm that the key is good for, by its name in tokens. */
  alg: SigningAlg;
  publicKey: JWK;
  /** When it signs. Milliseconds. */
  signsFrom: number;
  signsUntil: number;
}

/** How long a key signs. */
const turnMs = 30 * day;
/** How long before its turn a key is published: backends keep the list for a while. */
const publishedBeforeMs = day;
/** The same for the first key of an algorithm: API Gateway's HTTP APIs keep the list for two hours. */
const introducedBeforeMs = 2 * hour;
/** How long after its turn a key is published: longer than any token lives. */
const publishedAfterMs = hour;

const isPublished = ({ signsUntil }: Signer, now: number): boolean => signsUntil + publishedAfterMs > now;

/** Keys by which tokens are checked at `now`. */
export const published = (signers: readonly Signer[], now: number): Signer[] =>
  signers.filter((signer) => isPublished(signer, now));

const signsAt = ({ signsFrom, signsUntil }: Signer, now: number): boolean =>
  signsFrom <= now && now < signsUntil;

/** The key that signs by `alg` at `now`; until the turn of the first key of `alg`, the newest signing key of another algorithm. */
export function signerAt<S extends Signer>(
  signers: readonly S[],
  alg: SigningAlg,
  now: number,
): S | undefined {
  const present = signers.filter((signer) => signsAt(signer, now));
  const newest = present.toSorted((a, b) => b.signsFrom - a.signsFrom);
  return present.find((signer) => signer.alg === alg) ?? newest[0];
}

/** When a key other than `signer` may take over signing by `alg`. */
export const turnEnds = (signer: Signer, signers: readonly Signer[], alg: SigningAlg, now: number): number =>
  Math.min(signer.signsUntil, ...startsAfter(signers, alg, now));

const startsAfter = (signers: readonly Signer[], alg: SigningAlg, now: number): number[] =>
  signers.filter((signer) => signer.alg === alg && signer.signsFrom > now).map(({ signsFrom }) => signsFrom);

/** A key that is needed at once has its turn begin this long before it is made, for requests from a moment earlier. */
const graceMs = hour;

/**
 * The turn of the next key of `alg`, if it is time to make one: after the present key of `alg`. If no key of `alg` signs now (also
 * after clocks were put back, when one will only sign later), the turn begins at once, or in a while if a key of another algorithm
 * signs until then.
 */
export function nextTurn(
  signers: readonly Signer[],
  alg: SigningAlg,
  now: number,
): { from: number; until: number } | undefined {
  const present = signerAt(signers, alg, now);
  if (present?.alg === alg) {
    const last = Math.max(
      ...signers.filter((signer) => signer.alg === alg).map(({ signsUntil }) => signsUntil),
    );
    return last - now >= publishedBeforeMs ? undefined : { from: last, until: last + turnMs };
  }
  const later = startsAfter(signers, alg, now);
  // The next key is published already.
  if (present && later.some((start) => start - now <= publishedBeforeMs)) return undefined;
  const from = present ? now + introducedBeforeMs : now - graceMs;
  return { from, until: Math.min(from + turnMs, ...later) };
}

/** How long a function uses the keys that it has read. After this time it no longer uses a leaked key that an operator deleted. */
export const signersRememberedMs = 5 * minute;

/** When the store may forget a key. */
export const signerExpiry = ({ signsUntil }: Pick<Signer, 'signsUntil'>): number =>
  signsUntil + publishedAfterMs;
