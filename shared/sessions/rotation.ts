import { decode, encode } from '../base64url.ts';
import { macOf } from '../aws/mac.ts';
import type { Config } from '../deployment/config.ts';
import type { Session } from './session.ts';
import { formatSessionToken, hashSecret } from './session-token.ts';

type Named = Pick<Session, 'userId' | 'id'>;

const secretBytes = 32;
const generationBytes = 4;

/** Which kind of token is derived; none of one kind is good for the other. */
type Purpose = 'session' | 'refresh';

/**
 * The token that a session or a grant has in a generation. Derived, so that requests which race for it all get the same
 * one, and a lost answer can be repeated though the token is not stored. It ends with its generation, so that it is known
 * for one of its own when it comes back later.
 */
async function derivedToken(config: Config, purpose: Purpose, { userId, id }: Named, generation: number) {
  const mac = await macOf(config.key('sessions'), `${purpose}|${userId}|${id}|${generation}`);
  const bytes = Buffer.from(mac);
  bytes.writeUInt32BE(generation, secretBytes - generationBytes);
  const secret = encode(bytes);
  return { token: formatSessionToken({ userId, sessionId: id, secret }), hash: hashSecret(secret) };
}

/** The token that a session has in a generation after its first. */
export const rotatedToken = (config: Config, session: Named, generation: number) =>
  derivedToken(config, 'session', session, generation);

/** The refresh token that a grant has in a generation, from its first on. */
export const refreshToken = (config: Config, grant: Named, generation: number) =>
  derivedToken(config, 'refresh', grant, generation);

/** Which generation's token a secret says it is; whether that is true, its derivation shows. */
export const generationIn = (secret: string): number =>
  Buffer.from(decode(secret, secretBytes) ?? Buffer.alloc(secretBytes)).readUInt32BE(
    secretBytes - generationBytes,
  );
