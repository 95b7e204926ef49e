import type { JWTPayload, JWTVerifyOptions } from 'jose';
import { capability } from '../deployment/capability.ts';
import { second } from '../clock.ts';
import { readSigners } from './signers.ts';
import { accessTokenType, idTokenType, type AccessClaims, type AppClaims } from './access-token.ts';
import { published, signersRememberedMs, type Signer } from './signer.ts';

/**
 * How often, at most, keys are read again in a window for unknown names, since forgers invent names. More than once, so
 * that one forger does not keep out the holder of a token that a new key has signed.
 */
const rereads = { most: 3, windowMs: 5 * second };

/** The issuer that a token must have, and the present time. */
interface Wanted {
  issuer: string;
  /** Milliseconds. */
  now: number;
}

const accessClaims = ['sub', 'sid', 'epoch', 'aud', 'exp', 'iat'];
const idClaims = ['sub', 'sid', 'aud', 'exp', 'iat'];

/**
 * Finds published keys by name among those that `list` has read. Reads again for an unknown name, and after a while, since a key may
 * have been deleted.
 */
export function keyFinder(list: () => Promise<readonly Signer[]>) {
  let signers: readonly Signer[] = [];
  let readAt = -Infinity;
  let window = { since: -Infinity, reads: 0 };
  return async (kid: string | undefined, now: number): Promise<Signer | undefined> => {
    const find = () => published(signers, now).find(({ id }) => id === kid);
    if (!find() || Math.abs(now - readAt) >= signersRememberedMs) {
      if (Math.abs(now - window.since) >= rereads.windowMs) window = { since: now, reads: 0 };
      window.reads += 1;
      if (window.reads > rereads.most) return find();
      signers = await list();
      readAt = now;
    }
    return find();
  };
}

/** The audience that a token of any issuer names, unchecked: worth no more than an app's name in a request's parameters. */
export async function namedAudience(token: string): Promise<string | undefined> {
  const { decodeJwt } = await import('./jwt.ts');
  try {
    return decodeJwt(token).aud?.toString();
  } catch {
    return undefined;
  }
}

/**
 * The user whom an ID token names that claims to be ours. Its signature is not checked, since the token may be older than the published
 * keys. The result serves one purpose: that no other user is named to the app.
 */
export async function namedSubject(token: string, issuer: string): Promise<string | undefined> {
  const { decodeJwt, decodeProtectedHeader } = await import('./jwt.ts');
  try {
    const { iss, sub } = decodeJwt(token);
    return decodeProtectedHeader(token).typ === idTokenType && iss === issuer ? sub : undefined;
  } catch {
    return undefined;
  }
}

/** Checks our own tokens, by keys that each Lambda instance reads every few minutes, and when a token names a new one. */
export const checkAccessTokens = capability('accessTokens', readSigners.grants, (config) => {
  const keyNamed = keyFinder(readSigners.make(config).list);

  /** The claims of a token that one of our keys has signed; undefined for every other text (RFC 8725, 3). */
  async function claimsOf<Claims extends object>(
    token: string,
    now: number,
    options: JWTVerifyOptions,
  ): Promise<(Claims & JWTPayload) | undefined> {
    const { decodeProtectedHeader, jwtVerify } = await import('./jwt.ts');
    let kid: string | undefined;
    try {
      ({ kid } = decodeProtectedHeader(token));
    } catch {
      return undefined;
    }
    // Keys come only from our store: a header's `jwk`, `jku` or `x5u` is ignored.
    const signer = await keyNamed(kid, now);
    if (!signer) return undefined;
    const { alg, publicKey } = signer;
    return jwtVerify<Claims>(token, publicKey, { ...options, algorithms: [alg] }).then(
      ({ payload }) => payload,
      () => undefined,
    );
  }

  return {
    /** The claims of an access token that was made for `audience`. */
    read: (token: string, { issuer, audience, now }: Wanted & { audience: string }) =>
      claimsOf<AccessClaims>(token, now, {
        typ: accessTokenType,
        issuer,
        audience,
        currentDate: new Date(now),
        requiredClaims: accessClaims,
      }),

    /** The claims of an access token that was made for an app, for any audience: the caller must check the audience. */
    readOfApp: (token: string, { issuer, now }: Wanted) =>
      claimsOf<AppClaims>(token, now, {
        typ: accessTokenType,
        issuer,
        currentDate: new Date(now),
        requiredClaims: [...accessClaims, 'client_id', 'scope'],
      }),

    /**
     * The claims of an ID token, which is only a hint at its user (`id_token_hint`): it may have expired, and the caller must check its
     * audience. An ID token is recognised as long as its key is published.
     */
    readIdToken: (token: string, { issuer, now }: Wanted) =>
      claimsOf<{ sub: string; sid: string }>(token, now, {
        typ: idTokenType,
        issuer,
        // At this time no token has expired.
        currentDate: new Date(0),
        requiredClaims: idClaims,
      }),
  };
});
