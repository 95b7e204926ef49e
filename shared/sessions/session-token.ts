import { hash } from 'node:crypto';
import { decode } from '../base64url.ts';

const idBytes = 16;
const secretBytes = 32;

/** What a client holds: `{userId}.{sessionId}.{secret}`. The store has only the SHA-256 of the secret. */
export interface SessionToken {
  userId: string;
  sessionId: string;
  secret: string;
}

/** Reads a token; undefined unless it is written exactly as `formatSessionToken` writes it. */
export function parseSessionToken(text: string): SessionToken | undefined {
  const [userId = '', sessionId = '', secret = '', ...rest] = text.split('.');
  const isWellFormed =
    rest.length === 0 && decode(userId, idBytes) && decode(sessionId, idBytes) && decode(secret, secretBytes);
  return isWellFormed ? { userId, sessionId, secret } : undefined;
}

export const formatSessionToken = ({ userId, sessionId, secret }: SessionToken): string =>
  `${userId}.${sessionId}.${secret}`;

/** What the store keeps of a secret: its SHA-256. 256 random bits need no salt and no slow hash. */
export const hashSecret = (secret: string): string => hash('sha256', secret, 'base64url');
