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

/** The claims of an ID token besides its issuer, audience and times (OpenID Connect Core 1.0, 2). */
export const idClaims = (
  { grant, user, session }: Holding,
  accessToken: string,
  alg: SigningAlg,
  nonce: string | undefined,
): Record<string, unknown> => ({
  ...userClaims(user, scopesOf(grant)),
  ...authenticationClaims(user, session),
  auth_time: Math.floor(grant.signedInAt / second),
  // Stays the same when the user signs in over the session, so that an app's earlier ID token still signs them out.
  sid: session.firstId ?? session.id,
  at_hash: hashOf(accessToken, alg),
  nonce,
});

/** The claims of an app's access token (RFC 9068, 2.2): enough for a backend to decide without asking Latchkey. */
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
