import { html } from 'hono/html';
import { withParameters } from '#shared/apps/return-uri.ts';
import { targetOf } from '#shared/deployment/origin.ts';
import type { Settings } from '#shared/deployment/settings.ts';
import type { Answer } from '#shared/http/answer.ts';
import type { Parameters } from '#shared/http/parameters.ts';
import { fill, type Locale } from '#shared/locale.ts';
import type { Caller } from '#shared/operation/operation.ts';
import { displayName } from '#shared/users/user.ts';
import { hiddenInputs } from '../hidden-inputs.ts';
import { htmlPage } from '../layout.ts';
import { appTexts as texts } from '../texts/apps.ts';
import { pageTexts } from '../texts/pages.ts';
import { visitOf } from '../visit.ts';

interface View {
  caller: Caller;
  parameters: Parameters;
  /** Where it leads afterwards, besides here. */
  back: string | undefined;
  locale: Locale;
  settings: Settings;
}

/** What of the request goes along through the page, or to where it is asked once more. */
export const signOutParameters = ({ values }: Parameters) => {
  const { client_id, id_token_hint, post_logout_redirect_uri, state } = values;
  return { client_id, id_token_hint, post_logout_redirect_uri, state };
};

/** Asks before it signs out somebody whom an app has sent here without saying whom it means: any page could have. */
export function signOutPage({ caller, parameters, back, locale, settings }: View): Answer {
  const visit = visitOf(caller.session);
  // A stolen cookie of a bound session is told no name (C69).
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
