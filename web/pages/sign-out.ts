import { html } from 'hono/html';
import { withParameters } from '#shared/apps/return-uri.ts';
import { targetOf } from '#shared/deployment/origin.ts';
import type { Settings } from '#shared/deployment/settings.ts';
import type { Answer } from '#shared/http/answer.ts';
import type { Parameters } from '#shared/http/parameters.ts';
import { fill, type Locale } from '#shared/locale.ts';
import type { UserSession } from '#shared/sessions/session.ts';
import { displayName } from '#shared/users/user.ts';
import { hiddenInputs } from '../hidden-inputs.ts';
import { htmlPage } from '../layout.ts';
import { appTexts as texts } from '../texts/apps.ts';
import { pageTexts } from '../texts/pages.ts';
import { visitOf } from '../visit.ts';

interface View {
  caller: UserSession;
  parameters: Parameters;
  /** Where the form may lead afterwards, besides our own pages. */
  back: string | undefined;
  locale: Locale;
  settings: Settings;
}

/** The parameters that the page's form, or the request repeated by GET, carries along. */
export const signOutParameters = ({ values }: Parameters) => {
  const { client_id, id_token_hint, post_logout_redirect_uri, state } = values;
  return { client_id, id_token_hint, post_logout_redirect_uri, state };
};

/** Asks before it signs out a user whom the request does not name: any page could have led here. */
export function signOutPage({ caller, parameters, back, locale, settings }: View): Answer {
  const visit = visitOf(caller.session);
  // The page of a bound session shows no name, since its cookie may be stolen (C69).
  const hint = visit.boundSession
    ? texts.signOutHere[locale]
    : fill(texts.signOutHint[locale], { name: displayName(caller.user) });
  return htmlPage({
    locale,
    settings,
    title: texts.signOutTitle[locale],
    here: withParameters('/oauth/logout', signOutParameters(parameters)),
    formTargets: back === undefined ? [] : [targetOf(back)],
    content: html`<h1>${texts.signOutTitle[locale]}</h1>
      <p>${hint}</p>
      <form method="post" action="/oauth/logout">
        ${hiddenInputs({ ...signOutParameters(parameters), confirmed: 'yes' })}
        <button type="submit">${pageTexts.signOut[locale]}</button>
      </form>
      <p class="actions"><a class="button plain" href="/">${texts.stay[locale]}</a></p>`,
  });
}
