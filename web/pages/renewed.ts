import { html } from 'hono/html';
import type { Answer } from '#shared/http/answer.ts';
import type { Settings } from '#shared/deployment/settings.ts';
import { inviteLimits } from '#shared/invites/limits.ts';
import { fill, type Locale } from '#shared/locale.ts';
import { pageTexts as texts } from '../texts/pages.ts';
import { htmlPage } from '../layout.ts';

/** Says that a new link is on its way, if there is an address to send it to. */
export function renewedPage(locale: Locale, settings: Settings): Answer {
  return htmlPage({
    locale,
    settings,
    title: texts.renewedTitle[locale],
    content: html`<h1>${texts.renewedTitle[locale]}</h1>
      <p>${fill(texts.renewed[locale], inviteLimits.renewalsPerDay)}</p>
      <p class="actions"><a class="button" href="/login">${texts.signIn[locale]}</a></p>`,
  });
}
