import { html } from 'hono/html';
import type { Problem } from '#shared/errors/problem.ts';
import type { Answer } from '#shared/http/answer.ts';
import type { Settings } from '#shared/deployment/settings.ts';
import type { Locale } from '#shared/locale.ts';
import { emailMaxLength } from '#shared/users/limits.ts';
import { pageTexts } from '../texts/pages.ts';
import { recoveryTexts as texts } from '../texts/recovery.ts';
import { whereMail } from '../code-fields.ts';
import { inputField, problemNotice } from '../field.ts';
import { htmlPage } from '../layout.ts';
import { nextInput, withNext } from '../wanted-page.ts';

interface View {
  locale: Locale;
  settings: Settings;
  /** The input of the last try. */
  email?: string | undefined;
  /** The page that was wanted before signing in. */
  next: string;
  problem?: Problem;
}

/** Asks where to mail a code; the pages differ in the code's purpose. */
const askingPage =
  (path: '/forgot' | '/move', title: 'forgotTitle' | 'moveTitle', hint: 'forgotHint' | 'moveHint') =>
  ({ locale, settings, email, next, problem }: View): Answer =>
    htmlPage({
      locale,
      settings,
      status: problem?.status ?? 200,
      title: texts[title][locale],
      script: true,
      here: withNext(path, next),
      content: html`<h1>${texts[title][locale]}</h1>
        ${problemNotice(problem, locale)}
        <p>${texts[hint][locale]}</p>
        ${whereMail(
          settings,
          locale,
          html`<form method="post" action="${path}">
            ${nextInput(next)}
            ${inputField({ problem, name: 'email', label: pageTexts.email[locale], type: 'email', autocomplete: 'email', maxLength: emailMaxLength, value: email })}
            <button type="submit">${texts.sendCode[locale]}</button>
          </form>`,
        )}
        <p class="after"><a href="${withNext('/login', next)}">${pageTexts.signIn[locale]}</a></p>`,
    });

/** For users who have forgotten their password. */
export const forgotPage = askingPage('/forgot', 'forgotTitle', 'forgotHint');

/** For users whose account is bound to another device and who want to use it on this one. */
export const movePage = askingPage('/move', 'moveTitle', 'moveHint');
