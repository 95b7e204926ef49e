import { decodeProtectedHeader, jwtVerify, SignJWT, type CryptoKey } from 'jose';
import { capability } from '../deployment/capability.ts';
import { second } from '../clock.ts';
import { readSigners } from './signers.ts';
import { accessTokenSeconds, type AccessClaims } from './access-token.ts';
import { published, type Signer } from './signer.ts';
import { newId } from '../random.ts';

/** The type of access tokens (RFC 9068, 2.1), so that no other JWT of ours can be taken for one. */
const typ = 'at+jwt';
const alg = 'EdDSA';

/**
 * How often, at most, keys are read again in a while for names that are unknown: forgers invent names. More than once, so
 * that one of them does not keep out whoever comes with a new key.
 */
const rereads = { most: 3, windowMs: 5 * second };

interface Issue {
  issuer: string;
  audience: string;
  /** Milliseconds. */
  now: number;
}

/** A token for one audience, good for ten minutes. */
export const signAccessToken = (
  claims: AccessClaims,
  { id, privateKey }: Signer & { privateKey: CryptoKey },
  { issuer, audience, now }: Issue,
): Promise<string> =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ alg, typ, kid: id })
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(Math.floor(now / second))
    .setExpirationTime(Math.floor(now / second) + accessTokenSeconds)
    .setJti(newId())
    .sign(privateKey);

/** Checks access tokens, by keys that are read once per Lambda instance and again when a new one appears. */
export const checkAccessTokens = capability('accessTokens', readSigners.grants, (config) => {
  const { list } = readSigners.make(config);
  let signers: readonly Signer[] = [];
  let window = { since: -Infinity, reads: 0 };

  async function keyNamed(kid: string | undefined, now: number) {
    const find = () => published(signers, now).find(({ id }) => id === kid);
    if (!find()) {
      if (Math.abs(now - window.since) >= rereads.windowMs) window = { since: now, reads: 0 };
      window.reads += 1;
      if (window.reads <= rereads.most) signers = await list();
    }
    return find();
  }

  /** The claims of a token that was made for `audience`; undefined for every other text (RFC 8725, 3). */
  async function read(token: string, { issuer, audience, now }: Issue): Promise<AccessClaims | undefined> {
    let kid: string | undefined;
    try {
      ({ kid } = decodeProtectedHeader(token));
    } catch {
      return undefined;
    }
    // Keys come from our store alone: whatever `jwk`, `jku` or `x5u` a header holds is not looked at.
    const signer = await keyNamed(kid, now);
    if (!signer) return undefined;
    const options = { algorithms: [alg], typ, issuer, audience, currentDate: new Date(now) };
    const requiredClaims = ['sub', 'sid', 'epoch', 'exp', 'iat'];
    return jwtVerify<AccessClaims>(token, signer.publicKey, { ...options, requiredClaims }).then(
      ({ payload }) => payload,
      () => undefined,
    );
  }

  return { read };
});
