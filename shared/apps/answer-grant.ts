import { second } from '../clock.ts';
import type { Answer } from '../http/answer.ts';
import { accessTokenSeconds, accessTokenType, idTokenType } from '../sessions/access-token.ts';
import { sessionExpiry } from '../sessions/session.ts';
import { signToken } from '../sessions/sign-token.ts';
import type { OpenSigner } from '../sessions/use-signers.ts';
import type { Started } from '../sessions/start-sessions.ts';
import type { Holding } from './find-grants.ts';
import { appAccessClaims, idClaims } from './id-token.ts';
import { jsonAnswer } from './oauth-error.ts';

interface Issue {
  signer: OpenSigner;
  issuer: string;
  audience: string;
  /** The granted scopes, or fewer if a refresh asks for fewer. */
  scope: string;
  nonce?: string | undefined;
  refreshToken?: string | undefined;
  /** The session that the command line gets instead of an access token. */
  started?: Started | undefined;
  now: number;
}

/** What the token endpoint answers (RFC 6749, 5.1; OpenID Connect Core 1.0, 3.1.3.3). */
export async function answerGrant(holding: Holding, issue: Issue): Promise<Answer> {
  const { signer, issuer, audience, scope, nonce, refreshToken, started, now } = issue;
  const { grant } = holding;
  const common = { issuer, now, expiresInSeconds: accessTokenSeconds };
  const accessToken = started
    ? started.token
    : await signToken(appAccessClaims(holding, scope), accessTokenType, signer, { ...common, audience });
  const claims = idClaims({ ...holding, grant: { ...grant, scope } }, accessToken, signer.alg, nonce);
  return jsonAnswer(200, {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: started ? Math.floor((sessionExpiry(started.session) - now) / second) : accessTokenSeconds,
    scope,
    id_token: await signToken(claims, idTokenType, signer, { ...common, audience: grant.app }),
    refresh_token: refreshToken,
  });
}
