import { checkProofs } from '#shared/sessions/proofs.ts';
import { checkAccessTokens, namedSubject } from '#shared/sessions/access-tokens.ts';
import { readAuthorizationRequest } from '#shared/apps/authorization-request.ts';
import { carriedParameters } from '#shared/apps/carried-parameters.ts';
import { isFormWithoutCookies } from '#shared/apps/form-without-cookies.ts';
import { cameBack, hasSignedIn, signInPath } from '#shared/apps/sign-in-first.ts';
import { openGrants } from '#shared/apps/open-grants.ts';
import { takesSession } from '#shared/apps/find-app.ts';
import type { OauthErrorCode } from '#shared/apps/oauth-error.ts';
import { withParameters } from '#shared/apps/return-uri.ts';
import { seeOther } from '#shared/http/answer.ts';
import { carryAppLanguage, cookie, dropCookie } from '#shared/http/cookies.ts';
import { endpoint } from '#shared/operation/endpoint.ts';
import { foreignReturn } from '#web/texts/apps.ts';
import { authorizePage } from '#web/pages/authorize.ts';
import { problemPage } from '#web/pages/problem.ts';

export default endpoint({
  summary: 'Lets an app know who is signed in (OpenID Connect Core 1.0, 3.1.2): back to it with a code.',
  method: 'GET',
  alsoPost: true,
  path: '/oauth/authorize',
  auth: 'optional',
  uses: [openGrants, checkAccessTokens, checkProofs],
  errors: ['app_unknown', 'invalid'],
  rate: [{ per: 'address', limit: 240, window: '1m' }],
  showProblem: problemPage,
  async run({ parameters, caller, request, settings, origin, clock, cookies, log, fail, ...tools }) {
    const now = clock.now();
    const asked = readAuthorizationRequest(parameters, settings, origin);
    // Never redirects to an address that is not registered for the app.
    if ('wrong' in asked) return fail('app_unknown', asked.wrong === 'client_id' ? {} : foreignReturn);
    const back = (answer: Record<string, string>) =>
      seeOther(withParameters(asked.redirectUri, { ...answer, state: asked.state, iss: origin }));
    if ('refusal' in asked) {
      const { error, description } = asked.refusal;
      return back({ error, error_description: description });
    }

    const { app, prompt, uiLocale, idTokenHint } = asked;
    const dropAppLanguage = () =>
      request.cookies[cookie.appLanguage] && cookies.push(dropCookie(cookie.appLanguage));
    const refuse = (error: OauthErrorCode) => back({ error });
    const hinted =
      idTokenHint === undefined
        ? undefined
        : ((await tools.accessTokens.readIdToken(idTokenHint, { issuer: origin, now }))?.sub ??
          (await namedSubject(idTokenHint, origin)));
    const isAnother = hinted !== undefined && caller !== undefined && hinted !== caller.user.id;
    if (!caller || isAnother || !hasSignedIn(asked, caller, parameters, now)) {
      // The user has just signed in, but not as the one whom the app wants, and would do so again: the app is told (OpenID Connect
      // Core 1.0, 3.1.2.1).
      const isStillAnother = isAnother && cameBack(caller.session, parameters);
      // Another site's POST comes without cookies, so a GET decides `prompt=none`. Other answers lead to our own pages, which get
      // the cookies.
      if (prompt === 'none' && isFormWithoutCookies(request, caller, origin))
        return seeOther(withParameters(request.path, carriedParameters(parameters)));
      if (prompt === 'none' || isStillAnother) return refuse('login_required');
      if (uiLocale) cookies.push(carryAppLanguage(uiLocale));
      else dropAppLanguage();
      return seeOther(signInPath(asked, parameters, caller !== undefined, settings, now));
    }
    const { user, session } = caller;
    // A command-line session is bound to no device, but this account is bound to one.
    const isAsked = takesSession(app);
    if (isAsked && user.device !== undefined) return refuse('access_denied');
    const page = () => {
      const view = { app, parameters, redirectUri: asked.redirectUri, caller, settings, now, isAsked };
      return prompt === 'none'
        ? refuse('interaction_required')
        : authorizePage({ ...view, locale: request.locale });
    };
    // Any program on the user's machine can listen at the redirect address, and any page can lead there: the user must confirm.
    const isOurs = request.method === 'POST' && request.headers['origin'] === origin;
    if (isAsked && !(isOurs && parameters.values['confirmed'] === 'yes')) return page();
    if (session.keyThumbprint !== undefined) {
      const url = origin + request.path;
      const subject = { requestId: request.id, method: 'POST', url, beside: session.id };
      const prover = await tools.proofs.prover(parameters.values['proof'], subject, now);
      if (prover !== session.keyThumbprint) return page();
    }
    const code = await tools.grants.open(asked, caller, now);
    dropAppLanguage();
    log.info('app.authorized', { userId: user.id, sessionId: session.id, app: app.name });
    return back({ code });
  },
});
