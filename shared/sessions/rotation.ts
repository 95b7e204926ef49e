import { decode, encode } from '../base64url.ts';
import { macOf } from '../aws/mac.ts';
import type { Config } from '../deployment/config.ts';
import type { Session } from './session.ts';
import { formatSessionToken, hashSecret } from './session-token.ts';

type Named = Pick<Session, 'userId' | 'id'>;

const secretBytes = 32;
const generationBytes = 4;

/** The kind of token that is derived. A token of one kind is not valid as the other. */
type Purpose = 'session' | 'refresh';

/**
 * The token that a session or a grant has in a generation. It is derived, so that racing requests all get the same token,
 * and a lost answer can be repeated although the token is not stored. Its last bytes are the generation, by which an old
 * token is recognised as one of the session or grant when it comes back later.
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

/** The generation that a secret claims. Only deriving that generation's token shows whether the claim is true. */
export const generationIn = (secret: string): number =>
  Buffer.from(decode(secret, secretBytes) ?? Buffer.alloc(secretBytes)).readUInt32BE(
    secretBytes - generationBytes,
  );
