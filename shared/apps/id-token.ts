import { hash } from 'node:crypto';
import { second } from '../clock.ts';
import type { SigningAlg } from '../deployment/settings.ts';
import { authenticationClaims, userClaims } from './claims.ts';
import type { Holding } from './find-grants.ts';
import { scopesOf } from './grant.ts';

/** The left half of an access token's hash, as long as the signature's own hash (OpenID Connect Core 1.0, 3.1.3.6). */
function hashOf(accessToken: string, alg: SigningAlg): string {
  const isLong = alg === 'Ed25519' || alg === 'EdDSA';
  const whole = hash(isLong ? 'sha512' : 'sha256', accessToken, 'buffer');
  return whole.subarray(0, whole.length / 2).toString('base64url');
}

/** What an ID token says besides who has issued it, for whom and when (OpenID Connect Core 1.0, 2). */
export const idClaims = (
  { grant, user, session }: Holding,
  accessToken: string,
  alg: SigningAlg,
  nonce: string | undefined,
): Record<string, unknown> => ({
  ...userClaims(user, scopesOf(grant)),
  ...authenticationClaims(user, session),
  auth_time: Math.floor(grant.signedInAt / second),
  // The same where its owner has signed in over it: what an app has kept of before signs them out, too.
  sid: session.firstId ?? session.id,
  at_hash: hashOf(accessToken, alg),
  nonce,
});

/** What an access token of an app says (RFC 9068, 2.2): enough to decide without asking Latchkey. */
export const appAccessClaims = (
  { grant, user, session }: Holding,
  scope: string,
): Record<string, unknown> => ({
  sub: user.id,
  client_id: grant.app,
  scope,
  sid: session.id,
  epoch: user.epoch,
  role: userClaims(user, [])['role'],
  grant: grant.id,
  auth_time: Math.floor(grant.signedInAt / second),
});
