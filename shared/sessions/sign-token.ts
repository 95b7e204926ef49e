import { SignJWT, type JWTPayload } from 'jose';
import { second } from '../clock.ts';
import { newId } from '../random.ts';
import { accessTokenSeconds, accessTokenType, type AccessClaims, type AppClaims } from './access-token.ts';
import type { OpenSigner } from './use-signers.ts';

interface Issue {
  issuer: string;
  audience: string;
  /** Milliseconds. */
  now: number;
  expiresInSeconds: number;
}

/** A signed token of a type (RFC 8725, 3.11), such as `JWT` for an ID token. */
export const signToken = (
  claims: JWTPayload,
  typ: string,
  { id, alg, privateKey }: OpenSigner,
  { issuer, audience, now, expiresInSeconds }: Issue,
): Promise<string> =>
  new SignJWT(claims)
    .setProtectedHeader({ alg, typ, kid: id })
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(Math.floor(now / second))
    .setExpirationTime(Math.floor(now / second) + expiresInSeconds)
    .setJti(newId())
    .sign(privateKey);

/** A token for one audience, good for ten minutes. */
export const signAccessToken = (
  claims: AccessClaims | AppClaims,
  signer: OpenSigner,
  issue: Omit<Issue, 'expiresInSeconds'>,
): Promise<string> =>
  signToken({ ...claims }, accessTokenType, signer, { ...issue, expiresInSeconds: accessTokenSeconds });
