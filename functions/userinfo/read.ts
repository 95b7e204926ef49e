import { userClaims } from '#shared/apps/claims.ts';
import { findHoldings } from '#shared/apps/find-grants.ts';
import { findApp } from '#shared/apps/find-app.ts';
import { errorAnswer, jsonAnswer, showAsOauth } from '#shared/apps/oauth-error.ts';
import { checkAccessTokens } from '#shared/sessions/access-tokens.ts';
import { bearerChallenge } from '#shared/http/answer.ts';
import { bearerToken } from '#shared/sessions/session-cookie.ts';
import { endpoint } from '#shared/operation/endpoint.ts';

export default endpoint({
  summary: 'What an app may know of who is signed in, for its access token (OpenID Connect Core 1.0, 5.3).',
  method: 'GET',
  alsoPost: true,
  path: '/oauth/userinfo',
  auth: 'public',
  cors: 'apps',
  uses: [checkAccessTokens, findHoldings],
  errors: [],
  rate: [{ per: 'address', limit: 600, window: '1m' }],
  showProblem: showAsOauth,
  async run({ request, settings, origin: issuer, clock, accessTokens, grants }) {
    const now = clock.now();
    const token = bearerToken(request);
    // A request without a token gets the challenge, but no error (RFC 6750, 3.1).
    if (token === undefined) return jsonAnswer(401, {}, { 'www-authenticate': bearerChallenge });
    const claims = await accessTokens.readOfApp(token, { issuer, now });
    const holding = claims?.grant && (await grants.holding({ ...claims, grant: claims.grant }, now));
    // An app that was removed from the settings learns nothing more.
    if (!claims || !holding || holding.grant.app !== claims.client_id || !findApp(settings, claims.client_id))
      return errorAnswer(
        { error: 'invalid_token', description: 'The token is not, or no longer, good.' },
        401,
        {
          'www-authenticate': `${bearerChallenge}, error="invalid_token"`,
        },
      );
    return jsonAnswer(200, userClaims(holding.user, claims.scope.split(' ')));
  },
});
