import { authenticateClient } from '#shared/apps/authenticate-client.ts';
import { checkClientSecrets } from '#shared/apps/client-secrets.ts';
import { signOutOfApps } from '#shared/apps/end-grants.ts';
import { readGrants } from '#shared/apps/find-grants.ts';
import { parseGrantToken } from '#shared/apps/grant-tokens.ts';
import { errorAnswer, jsonAnswer, showAsOauth } from '#shared/apps/oauth-error.ts';
import { matchRefreshes } from '#shared/apps/refresh-grants.ts';
import { checkAccessTokens } from '#shared/sessions/access-tokens.ts';
import { endpoint } from '#shared/operation/endpoint.ts';

export default endpoint({
  summary:
    'Ends what came of a grant, for the app that shows one of its tokens, a refresh or an access token (RFC 7009).',
  method: 'POST',
  path: '/oauth/revoke',
  auth: 'public',
  cors: 'apps',
  uses: [checkClientSecrets, readGrants, matchRefreshes, signOutOfApps, checkAccessTokens],
  errors: [],
  rate: [{ per: 'address', limit: 600, window: '1m' }],
  showProblem: showAsOauth,
  ifLost: null,
  async run({ parameters, request, settings, origin: issuer, clock, log, ...tools }) {
    const now = clock.now();
    const app = await authenticateClient(request, parameters, { ...tools, settings }, now);
    if ('status' in app) return app;
    const { token } = parameters.values;
    if (!token || parameters.repeated.length > 0)
      return errorAnswer({ error: 'invalid_request', description: 'One token is required.' });

    const grant = await shownGrant(token);
    if (grant && grant.app === app.name && grant.endedAt === undefined) {
      await tools.grants.signOut(grant, request.address, now);
      log.info('app.signed-out', { userId: grant.userId, app: app.name });
    }
    // An unknown or ended token is what the app wanted (RFC 7009, 2.2).
    return jsonAnswer(200, {});

    /** The grant of a genuine refresh token or of an access token. */
    async function shownGrant(text: string) {
      const held = parseGrantToken(text);
      if (held) {
        const found = await tools.grants.read(held);
        return found && (await tools.refreshes.match(found, held.secret, now)) ? found : undefined;
      }
      const claims = await tools.accessTokens.readOfApp(text, { issuer, now });
      return claims?.grant ? tools.grants.read({ userId: claims.sub, id: claims.grant }) : undefined;
    }
  },
});
