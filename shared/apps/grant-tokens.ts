import { decode, encode } from '../base64url.ts';
import { macOf } from '../aws/mac.ts';
import type { Config } from '../deployment/config.ts';
import { formatSessionToken, hashSecret, parseSessionToken } from '../sessions/session-token.ts';
import type { Grant } from './grant.ts';

/**
 * A code or a refresh token as an app holds it: `{userId}.{grantId}.{secret}`. The store has only the SHA-256 of the secret.
 */
export interface GrantToken {
  userId: string;
  id: string;
  secret: string;
}

export function parseGrantToken(text: string | undefined): GrantToken | undefined {
  const parts = parseSessionToken(text ?? '');
  return parts && { userId: parts.userId, id: parts.sessionId, secret: parts.secret };
}

export const formatGrantToken = ({ userId, id, secret }: GrantToken): string =>
  formatSessionToken({ userId, sessionId: id, secret });

const secretBytes = 32;
const generationBytes = 4;

/**
 * The refresh token that a grant has in a generation. Derived, so that requests which race for it all get the same one, and a
 * lost answer can be repeated though the token is not stored. It ends with its generation, so that it is known for one of
 * this grant's when it comes back later.
 */
export async function refreshToken(
  config: Config,
  { userId, id }: Pick<Grant, 'userId' | 'id'>,
  generation: number,
): Promise<{ token: string; hash: string }> {
  const mac = await macOf(config.key('sessions'), `refresh|${userId}|${id}|${generation}`);
  const bytes = Buffer.from(mac);
  bytes.writeUInt32BE(generation, secretBytes - generationBytes);
  const secret = encode(bytes);
  return { token: formatGrantToken({ userId, id, secret }), hash: hashSecret(secret) };
}

/** Which generation's refresh token a secret says it is; whether that is true, its derivation shows. */
export const generationIn = (secret: string): number =>
  Buffer.from(decode(secret, secretBytes) ?? Buffer.alloc(secretBytes)).readUInt32BE(
    secretBytes - generationBytes,
  );
