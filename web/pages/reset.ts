import { html } from 'hono/html';
import type { Problem } from '#shared/errors/problem.ts';
import type { Answer } from '#shared/http/answer.ts';
import type { Settings } from '#shared/deployment/settings.ts';
import { fill, type Locale } from '#shared/locale.ts';
import { emailMaxLength } from '#shared/users/limits.ts';
import { pageTexts } from '../texts/pages.ts';
import { recoveryTexts as texts } from '../texts/recovery.ts';
import { askAgain, codeFields, codeNotice } from '../code-fields.ts';
import { inputField, problemNotice } from '../field.ts';
import { htmlPage } from '../layout.ts';
import { strengthOf } from '../strength.ts';

interface View {
  locale: Locale;
  settings: Settings;
  flow: string;
  email?: string | undefined;
  code?: string | undefined;
  /** Whether the mail with the code was refused. */
  isRefused?: boolean;
  problem?: Problem;
}

/** Takes the mailed code and a new password. */
export function resetPage({ locale, settings, flow, email, code, isRefused, problem }: View): Answer {
  const hint = fill(pageTexts.passwordHint[locale], { min: settings.passwordMinLength });
  return htmlPage({
    locale,
    appName: settings.appName,
    status: problem?.status ?? 200,
    title: texts.forgotTitle[locale],
    script: true,
    content: html`<h1>${texts.forgotTitle[locale]}</h1>
      ${problem ? problemNotice(problem) : codeNotice(texts.codeSent, locale, { page: `/forgot/${flow}`, isRefused })}
      <form method="post" action="/forgot/code">
        ${inputField({ problem, name: 'email', label: pageTexts.email[locale], type: 'email', autocomplete: 'username', maxLength: emailMaxLength, value: email })}
        ${codeFields(flow, locale, problem, code)}
        ${inputField({ problem, name: 'password', label: texts.newPassword[locale], hint, type: 'password', autocomplete: 'new-password', show: pageTexts.show[locale], strength: strengthOf(locale, settings) })}
        <button type="submit">${texts.setPassword[locale]}</button>
      </form>
      ${askAgain('/forgot', locale)}`,
  });
}
