import { isRegistered, withParameters } from '#shared/apps/return-uri.ts';
import { isLongState, mostState } from '#shared/apps/carried-parameters.ts';
import { findApp } from '#shared/apps/find-app.ts';
import { isFormWithoutCookies } from '#shared/apps/form-without-cookies.ts';
import { seeOther } from '#shared/http/answer.ts';
import { cookie, dropCookie } from '#shared/http/cookies.ts';
import { endpoint } from '#shared/operation/endpoint.ts';
import { checkAccessTokens, namedAudience } from '#shared/sessions/access-tokens.ts';
import { findSuccessors } from '#shared/sessions/find-sessions.ts';
import { entrance } from '#shared/sessions/entrance.ts';
import { endSessions } from '#shared/sessions/end-sessions.ts';
import { problemPage } from '#web/pages/problem.ts';
import { signOutPage, signOutParameters } from '#web/pages/sign-out.ts';
import { anothersToken, foreignReturn, twiceNamed } from '#web/texts/apps.ts';

/** Longest ID token that is read, in characters: it travels in a URL. Ours are shorter, even with the longest names and nonce. */
const mostHint = 6_000;

export default endpoint({
  summary: 'Signs out whom an app sends here, and leads back to it (OpenID Connect RP-Initiated Logout 1.0).',
  method: 'GET',
  alsoPost: true,
  path: '/oauth/logout',
  auth: 'optional',
  uses: [checkAccessTokens, endSessions, findSuccessors],
  errors: ['app_unknown', 'invalid'],
  rate: [{ per: 'address', limit: 240, window: '1m' }],
  showProblem: problemPage,
  async run({ parameters, caller, request, settings, origin: issuer, clock, cookies, log, fail, ...tools }) {
    const now = clock.now();
    const { values, repeated } = parameters;
    const hint = values['id_token_hint'];
    if (hint && hint.length > mostHint)
      return fail('invalid', {
        errors: [{ path: 'id_token_hint', text: 'long', values: { max: mostHint } }],
      });
    const meant =
      hint === undefined ? undefined : await tools.accessTokens.readIdToken(hint, { issuer, now });
    // An app may keep its ID token longer than we publish the key that signed it. Such a token still names the app, but proves nothing.
    const name = values['client_id'] ?? (hint === undefined ? undefined : await namedAudience(hint));
    const back = values['post_logout_redirect_uri'];
    const { state } = values;
    if (state && isLongState(state))
      return fail('invalid', { errors: [{ path: 'state', text: 'long', values: { max: mostState } }] });
    const app = findApp(settings, name);
    // A request that repeats a parameter is refused (RFC 6749, 3.1).
    if (repeated.length > 0) return fail('app_unknown', twiceNamed);
    const isForeign = back !== undefined && !(app && isRegistered(back, app.postLogoutRedirectUris));
    if (isForeign) return fail('app_unknown', app ? foreignReturn : {});
    if (meant && name !== meant.aud?.toString()) return fail('app_unknown', anothersToken);

    // An ID token of the signed-in user proves that the app asks. Without it, the user must confirm on our own page (CSRF).
    const isOurs = values['confirmed'] === 'yes' && request.headers['origin'] === issuer;
    const isMeant = caller === undefined || isOurs || meant?.sub === caller.user.id;
    if (!isMeant) return signOutPage({ caller, parameters, back, locale: request.locale, settings });

    const named = meant && [
      { userId: meant.sub, id: meant.sid },
      await tools.successors.of(meant.sub, meant.sid),
    ];
    const ended = [...(named ?? []), caller?.session].filter((one) => one !== undefined);
    for (const [id, { userId }] of new Map(ended.map((one) => [one.id, one]))) {
      await tools.sessions.end(userId, id, request.address, now);
      log.info('session.ended', { userId, sessionId: id });
    }
    if (caller) cookies.push(dropCookie(cookie.session));
    // Another site's POST comes without cookies. A GET then finds a signed-in user whom the hint did not mean, and asks that user.
    if (isFormWithoutCookies(request, caller, issuer))
      return seeOther(withParameters(request.path, signOutParameters(parameters)));
    return seeOther(back === undefined ? entrance(settings) : withParameters(back, { state }));
  },
});
