import { formatSessionToken, parseSessionToken } from '../sessions/session-token.ts';

/**
 * A code or a refresh token as an app holds it: `{userId}.{grantId}.{secret}`. The store has only the SHA-256 of the secret.
 */
export interface GrantToken {
  userId: string;
  id: string;
  secret: string;
}

/** Reads a token; undefined unless it is written exactly as `formatGrantToken` writes it. */
export function parseGrantToken(text: string | undefined): GrantToken | undefined {
  const parts = parseSessionToken(text ?? '');
  return parts && { userId: parts.userId, id: parts.sessionId, secret: parts.secret };
}

export const formatGrantToken = ({ userId, id, secret }: GrantToken): string =>
  formatSessionToken({ userId, sessionId: id, secret });
