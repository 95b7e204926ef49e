import { isVerified, mayAdminister, type User } from '../users/user.ts';
import type { Session } from './session.ts';

/** Seconds for which a backend that checks nothing else goes on believing a token. */
export const accessTokenSeconds = 600;

/** Audiences that are ours: this API itself, and the relay. */
export const ownAudience = 'latchkey';
export const relayAudience = 'relay';
const builtIn = [ownAudience, relayAudience];

/** Whom tokens may be made for: ourselves and the backends that the deployment lists. */
export const audiencesOf = ({ audiences }: { audiences: string }): string[] => [
  ...builtIn,
  ...audiences.split(',').filter(Boolean),
];

/** What a token says besides the registered claims (RFC 7519): enough to decide without asking Latchkey. */
export interface AccessClaims {
  /** The user. */
  sub: string;
  /** The session from which the token was made; the token ends with it, at our own routes at once. */
  sid: string;
  /** The user's epoch: raised by whatever ends all sessions. */
  epoch: number;
  role: User['role'];
  verified: boolean;
  /** Thumbprint of the device key that must prove each use (RFC 9449, 6.1). */
  cnf?: { jkt: string };
}

export const claimsOf = (user: User, { id, keyThumbprint }: Session): AccessClaims => ({
  sub: user.id,
  sid: id,
  epoch: user.epoch,
  // Backends that look at nothing else must not take the holder of a link for an administrator.
  role: mayAdminister(user) ? 'admin' : 'general',
  verified: isVerified(user),
  ...(keyThumbprint && { cnf: { jkt: keyThumbprint } }),
});
