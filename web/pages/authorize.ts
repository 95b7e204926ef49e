import { html } from 'hono/html';
import type { NamedApp } from '#shared/apps/find-app.ts';
import { targetOf } from '#shared/deployment/origin.ts';
import type { Settings } from '#shared/deployment/settings.ts';
import type { Answer } from '#shared/http/answer.ts';
import type { Parameters } from '#shared/http/parameters.ts';
import { fill, type Locale } from '#shared/locale.ts';
import type { Session } from '#shared/sessions/session.ts';
import { hiddenInputs } from '../hidden-inputs.ts';
import { htmlPage } from '../layout.ts';
import { appTexts as texts } from '../texts/apps.ts';
import { visitFields, visitOf } from '../visit.ts';

interface View {
  app: NamedApp;
  parameters: Parameters;
  redirectUri: string;
  session: Session;
  locale: Locale;
  settings: Settings;
  now: number;
}

/** On the way to an app, where the session is bound to a device: its script proves the key and goes on by itself. */
export function authorizePage({
  app,
  parameters,
  redirectUri,
  session,
  locale,
  settings,
  now,
}: View): Answer {
  const { proof: _, session: __, ...asked } = parameters.values;
  const visit = visitOf(session);
  const names = { app: app.title };
  return htmlPage({
    locale,
    appName: settings.appName,
    title: fill(texts.goOn[locale], names),
    visit,
    now,
    formTargets: [targetOf(redirectUri)],
    content: html`<h1>${fill(texts.goOn[locale], names)}</h1>
      <p>${fill(texts.proving[locale], names)}</p>
      <form method="post" action="/oauth/authorize" data-at-once>
        ${hiddenInputs(asked)} ${visitFields(visit)}
        <button type="submit">${fill(texts.goOn[locale], names)}</button>
      </form>`,
  });
}
