import { html } from 'hono/html';
import { carriedParameters } from '#shared/apps/carried-parameters.ts';
import type { NamedApp } from '#shared/apps/find-app.ts';
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
import { visitFields, visitOf } from '../visit.ts';

interface View {
  app: NamedApp;
  parameters: Parameters;
  redirectUri: string;
  caller: UserSession;
  locale: Locale;
  settings: Settings;
  now: number;
  /** Whether the user must press the button, because the page's script does not. */
  isAsked: boolean;
}

/**
 * The page on the way to an app. It is shown if the session is bound to a device: the page's script proves the device's key and
 * goes on by itself. It is also shown if a program asks for a session, which the user must confirm (RFC 8252, 8.6).
 */
export function authorizePage({
  app,
  parameters,
  redirectUri,
  caller: { user, session },
  locale,
  settings,
  now,
  isAsked,
}: View): Answer {
  const visit = visitOf(session);
  // A browser without the key would go on for ever: once the form was sent, it waits for its button.
  const isAtOnce = !isAsked && parameters.values['session'] === undefined;
  const names = { app: app.title, name: displayName(user) };
  // The page of a bound session shows no name, since its cookie may be stolen (C69).
  const asking = visit.boundSession ? texts.handOverHere : texts.handOver;
  return htmlPage({
    locale,
    settings,
    title: fill(texts.goOn[locale], names),
    visit,
    now,
    here: withParameters('/oauth/authorize', carriedParameters(parameters)),
    formTargets: [targetOf(redirectUri)],
    content: html`<h1>${fill(texts.goOn[locale], names)}</h1>
      <p>${fill((isAsked ? asking : texts.proving)[locale], names)}</p>
      <form method="post" action="/oauth/authorize" ${isAtOnce ? 'data-at-once' : ''}>
        ${hiddenInputs({ ...carriedParameters(parameters), ...(isAsked && { confirmed: 'yes' }) })}
        ${visitFields(visit)}
        <button type="submit">${fill(texts.goOn[locale], names)}</button>
      </form>
      ${isAsked ? html`<p class="actions"><a class="button plain" href="/">${pageTexts.firstPage[locale]}</a></p>` : ''}`,
  });
}
