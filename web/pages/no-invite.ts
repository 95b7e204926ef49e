import { html } from 'hono/html';
import type { Answer } from '#shared/http/answer.ts';
import type { Settings } from '#shared/settings.ts';
import type { Locale } from '#shared/texts/locale.ts';
import { pageTexts as texts } from '#shared/texts/pages.ts';
import { htmlPage } from '../layout.ts';

/** The register page of somebody who brought no invite, with the two ways on. */
export function noInvitePage(locale: Locale, { appName }: Settings): Answer {
  return htmlPage({
    locale,
    appName,
    title: texts.registerTitle[locale],
    content: html`<h1>${texts.noInvite[locale]}</h1>
      <p>${texts.openLinkAgain[locale]}</p>
      <p class="actions"><a class="button" href="/login">${texts.haveAccount[locale]}</a></p>`,
  });
}
