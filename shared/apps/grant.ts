import { minute, second } from '../clock.ts';
import { accessTokenSeconds } from '../sessions/access-token.ts';

/** A user's permission for an app to know who they are: first by a code, then by the refresh tokens that come of it. */
export interface Grant {
  userId: string;
  /** 128 random bits. */
  id: string;
  /** The app's name, its `client_id`. */
  app: string;
  /** The session by which the user was signed in. The grant ends with it or, after a sign-in over it, with the new session. */
  sessionId: string;
  /** Id of the owner's first session in that browser, if it was another one. */
  firstSessionId?: string;
  /** When the user signed in. Milliseconds. */
  signedInAt: number;
  /** Granted scopes, separated by blanks (RFC 6749, 3.3). */
  scope: string;
  redirectUri: string;
  /** PKCE's challenge by S256 (RFC 7636, 4.2). */
  challenge: string;
  nonce?: string;
  /** Audience of the access tokens (RFC 8707). */
  audience: string;
  /** SHA-256 of the code's secret. */
  codeHash: string;
  createdAt: number;
  /** When the code expires. Milliseconds. */
  codeUntil: number;
  /** When the code was used. */
  usedAt?: number;
  /** Id of the session that the command line got for the code. */
  startedSessionId?: string;
  /** SHA-256 of the present refresh token's secret, and how many refresh tokens there were. */
  hash?: string;
  generation?: number;
  /** SHA-256 of the previous refresh token's secret. Its answer may have been lost, and is repeated until `previousUntil`. */
  previousHash?: string;
  previousUntil?: number;
  /** When the grant ended: the app revoked it, or a code or token was used again. */
  endedAt?: number;
}

/** How long a code lives (RFC 6749, 4.1.2, recommends ten minutes at most). */
export const codeLifeMs = minute;

/** How long the previous refresh token still gets the answer of its first use. */
export const refreshOverlapMs = minute;

/** How long a grant without refresh tokens is remembered: longer than the access token that came of its code can live. */
export const memoryMs = 2 * accessTokenSeconds * second;

/** The scopes of a grant, one by one (RFC 6749, 3.3). */
export const scopesOf = ({ scope }: Pick<Grant, 'scope'>): string[] => scope.split(' ');
