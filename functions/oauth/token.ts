import { answerGrant } from '#shared/apps/answer-grant.ts';
import { authenticateClient } from '#shared/apps/authenticate-client.ts';
import { checkClientSecrets } from '#shared/apps/client-secrets.ts';
import { endReusedGrants } from '#shared/apps/end-grants.ts';
import { exchangeCode } from '#shared/apps/exchange-code.ts';
import { exchangeRefreshToken } from '#shared/apps/exchange-refresh-token.ts';
import { audienceOf } from '#shared/apps/find-app.ts';
import { readGrants } from '#shared/apps/find-grants.ts';
import { errorAnswer, showAsOauth } from '#shared/apps/oauth-error.ts';
import { redeemCodes } from '#shared/apps/redeem-code.ts';
import { matchRefreshes, refreshGrants } from '#shared/apps/refresh-grants.ts';
import { noteFirstStep, notingFirstSteps } from '#shared/inviting/note-first-step.ts';
import { findSessions } from '#shared/sessions/find-sessions.ts';
import { keepSessions } from '#shared/sessions/keep-sessions.ts';
import { useSigners } from '#shared/sessions/use-signers.ts';
import { endpoint } from '#shared/operation/endpoint.ts';

export default endpoint({
  summary: 'Gives an app tokens for a code or a refresh token (RFC 6749, 3.2).',
  method: 'POST',
  path: '/oauth/token',
  auth: 'public',
  cors: 'apps',
  uses: [
    checkClientSecrets,
    readGrants,
    endReusedGrants,
    redeemCodes,
    matchRefreshes,
    refreshGrants,
    findSessions,
    keepSessions,
    useSigners,
    ...notingFirstSteps,
  ],
  errors: ['busy'],
  rate: [{ per: 'address', limit: 600, window: '1m' }],
  showProblem: showAsOauth,
  ifLost: null,
  async run({ parameters, request, settings, origin: issuer, clock, log, ...tools }) {
    const now = clock.now();
    const { values, repeated } = parameters;
    if (repeated.length > 0)
      return errorAnswer({ error: 'invalid_request', description: 'A parameter came more than once.' });
    const app = await authenticateClient(request, parameters, { ...tools, settings }, now);
    if ('status' in app) return app;
    const { grant_type: type, resource } = values;
    if (resource !== undefined && !app.tokenAudiences.includes(resource))
      return errorAnswer({
        error: 'invalid_target',
        description: 'resource is none of the audiences of the app.',
      });

    if (type === 'authorization_code') {
      // Before the code is used up: if there is no key to sign with, the app can try the same code again.
      const signer = await tools.signers.present(now);
      const exchanged = await exchangeCode(app, parameters, request, tools, clock);
      if ('status' in exchanged) return exchanged;
      const { holding, redeemed } = exchanged;
      const { grant, user } = holding;
      await noteFirstStep(user, 'firstAppSignInAt', { ...tools, log }, now);
      log.info('app.signed-in', { userId: user.id, app: app.name });
      const { scope, nonce } = grant;
      const audience = audienceOf(app, resource ?? grant.audience, issuer);
      const issue = { signer, issuer, audience, scope, nonce, now };
      return answerGrant(holding, { ...issue, ...redeemed });
    }
    if (type === 'refresh_token') {
      // Before the token is replaced: otherwise, if no key could sign, an app that repeats its old token later would look like a thief.
      const signer = await tools.signers.present(now);
      const exchanged = await exchangeRefreshToken(app, parameters, request, tools, now);
      if ('status' in exchanged) return exchanged;
      const { holding, ...refreshed } = exchanged;
      const audience = audienceOf(app, resource ?? holding.grant.audience, issuer);
      return answerGrant(holding, { signer, issuer, audience, now, ...refreshed });
    }
    return errorAnswer(
      type === undefined
        ? { error: 'invalid_request', description: 'grant_type is missing.' }
        : { error: 'unsupported_grant_type', description: 'Use authorization_code or refresh_token.' },
    );
  },
});
