import { minute, second } from '../clock.ts';
import { accessTokenSeconds } from '../sessions/access-token.ts';

/** What somebody has let an app know of them: by a code first, and by the refresh tokens that come of it. */
export interface Grant {
  userId: string;
  /** 128 random bits. */
  id: string;
  /** The app's name, its `client_id`. */
  app: string;
  /** The session by which they were signed in. The grant ends with it, or with the one to which they sign in over it. */
  sessionId: string;
  /** Of the session with which they came first in that browser, where it was another. */
  firstSessionId?: string;
  /** When they signed in, and by which means. Milliseconds. */
  signedInAt: number;
  /** Granted scopes with blanks between (RFC 6749, 3.3). */
  scope: string;
  redirectUri: string;
  /** By PKCE's S256 (RFC 7636, 4.2). */
  challenge: string;
  nonce?: string;
  /** Whom access tokens are made for (RFC 8707). */
  audience: string;
  /** SHA-256 of the code's secret. */
  codeHash: string;
  createdAt: number;
  /** The code counts until then. */
  codeUntil: number;
  /** When the code was used. */
  usedAt?: number;
  /** Of the session that the command line got for the code. */
  startedSessionId?: string;
  /** SHA-256 of the refresh token's secret, and how many there were. */
  hash?: string;
  generation?: number;
  /** Of the one before, whose answer may have been lost and is repeated until `previousUntil`. */
  previousHash?: string;
  previousUntil?: number;
  /** When it ended: the app has given it back, or a code or token came twice. */
  endedAt?: number;
}

/** How long a code lives (RFC 6749, 4.1.2, recommends ten minutes at most). */
export const codeLifeMs = minute;

/** How long the refresh token before the present one is answered as if it were the first time. */
export const refreshOverlapMs = minute;

/** How long a grant without refresh tokens is remembered: as long as what came of its code can live. */
export const memoryMs = 2 * accessTokenSeconds * second;

/** The scopes of a grant, one by one (RFC 6749, 3.3). */
export const scopesOf = ({ scope }: Pick<Grant, 'scope'>): string[] => scope.split(' ');
