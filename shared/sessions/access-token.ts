import * as z from 'zod/mini';
import { isVerified, mayAdminister, type User } from '../users/user.ts';
import type { Session } from './session.ts';

/** Seconds for which a backend accepts a token if it checks nothing else. */
export const accessTokenSeconds = 600;

/** The answer to a user who makes an access token. */
export const tokenResponse = z.object({ token: z.string(), expiresAt: z.string() });

/** Types of our tokens, so that no type is taken for another: access tokens (RFC 9068, 2.1), and ID tokens. */
export const accessTokenType = 'at+jwt';
export const idTokenType = 'JWT';

/** Audiences that are ours: this API itself, and the relay. */
export const ownAudience = 'latchkey';
export const relayAudience = 'relay';
const builtIn = [ownAudience, relayAudience];

/** The audiences that tokens may be made for: ourselves and the backends that the deployment lists. */
export const audiencesOf = ({ audiences }: { audiences: string }): string[] => [
  ...builtIn,
  ...audiences.split(',').filter(Boolean),
];

/** What a token says besides the registered claims (RFC 7519): enough to decide without asking Latchkey. */
export interface AccessClaims {
  /** The user. */
  sub: string;
  /** The session from which the token was made. The token ends with the session; at our own routes it ends at once. */
  sid: string;
  /** The user's epoch, which every act raises that ends all sessions. */
  epoch: number;
  role: User['role'];
  verified: boolean;
  /** The app that it was made for (RFC 9068, 2.2), if it was made for one. */
  client_id?: string;
  /** The grant from which it was made, if it was made for an app. */
  grant?: string;
  /** Thumbprint of the device key that must prove each use (RFC 9449, 6.1). */
  cnf?: { jkt: string };
}

/** The claims of an app's token instead. Userinfo relies on nothing else. */
export interface AppClaims extends Omit<AccessClaims, 'verified' | 'cnf'> {
  client_id: string;
  /** The scopes of the data that the app may get, separated by spaces (RFC 6749, 3.3). */
  scope: string;
}

/** The claims of an access token about a user and the session that it is made from. */
export const claimsOf = (user: User, { id, keyThumbprint }: Session): AccessClaims => ({
  sub: user.id,
  sid: id,
  epoch: user.epoch,
  // Backends that check only the role must not take the holder of an invite's link for an administrator.
  role: mayAdminister(user) ? 'admin' : 'general',
  verified: isVerified(user),
  ...(keyThumbprint && { cnf: { jkt: keyThumbprint } }),
});
