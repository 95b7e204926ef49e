import type { Session } from '../sessions/session.ts';
import { mayAdminister, displayName, type User } from '../users/user.ts';
import { second } from '../clock.ts';

/** Claims about a user (OpenID Connect Core 1.0, 5.1) for the granted scopes, and the user's role in Latchkey. */
export function userClaims(user: User, scopes: readonly string[]): Record<string, unknown> {
  const profile = {
    preferred_username: user.username,
    name: displayName(user),
    ...(user.firstName && { given_name: user.firstName }),
    ...(user.lastName && { family_name: user.lastName }),
    locale: user.locale,
    updated_at: Math.floor((user.updatedAt ?? user.createdAt) / second),
  };
  const email = user.email === undefined ? {} : { email: user.email, email_verified: user.emailVerified };
  return {
    sub: user.id,
    // As in access tokens: the stored role alone is not enough, because a stranger may have used the invite's link.
    role: mayAdminister(user) ? 'admin' : 'general',
    ...(scopes.includes('profile') && profile),
    ...(scopes.includes('email') && email),
  };
}

/**
 * How the user signed in (RFC 8176): by password, by a device key, or both. Both count as two factors (`acr` 2) only if the
 * account is bound to that key: anyone who has the password can create another key.
 */
export function authenticationClaims(user: User, { keyThumbprint }: Pick<Session, 'keyThumbprint'>) {
  const amr = [...(user.deviceOnly ? [] : ['pwd']), ...(keyThumbprint ? ['swk'] : [])];
  const isOwnKey = keyThumbprint !== undefined && keyThumbprint === user.device;
  return { amr, acr: amr.length > 1 && isOwnKey ? '2' : '1' };
}

/** Claims that ID tokens and userinfo can hold. */
export const claimNames = [
  'iss',
  'sub',
  'aud',
  'exp',
  'iat',
  'auth_time',
  'nonce',
  'sid',
  'amr',
  'acr',
  'at_hash',
  'email',
  'email_verified',
  'preferred_username',
  'name',
  'given_name',
  'family_name',
  'locale',
  'updated_at',
  'role',
] as const;
