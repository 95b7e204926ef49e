import { html } from 'hono/html';
import type { Problem } from '#shared/errors/problem.ts';
import type { Answer } from '#shared/http/answer.ts';
import type { Settings } from '#shared/settings.ts';
import type { Locale } from '#shared/texts/locale.ts';
import { pageTexts as texts } from '#shared/texts/pages.ts';
import { inputField, problemNotice } from '../field.ts';
import { htmlPage } from '../layout.ts';

interface View {
  locale: Locale;
  settings: Settings;
  /** Email address or username as typed before. */
  login?: string | undefined;
  /** The page that was wanted before signing in. */
  next: string;
  problem?: Problem;
}

/** The sign-in form; works without scripts. */
export function loginPage({ locale, settings, login, next, problem }: View): Answer {
  return htmlPage({
    locale,
    appName: settings.appName,
    status: problem?.status ?? 200,
    title: texts.signIn[locale],
    script: true,
    content: html`<h1>${texts.signIn[locale]}</h1>
      ${problemNotice(problem)}
      <form method="post" action="/login">
        <input type="hidden" name="next" value="${next}" />
        ${inputField({ problem, name: 'login', label: texts.login[locale], autocomplete: 'username', value: login })}
        ${inputField({ problem, name: 'password', label: texts.password[locale], type: 'password', autocomplete: 'current-password', show: texts.show[locale] })}
        <button type="submit">${texts.signIn[locale]}</button>
      </form>
      <p class="note">${texts.onlyInvited[locale]}</p>`,
  });
}
