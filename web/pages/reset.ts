import { html } from 'hono/html';
import type { Problem } from '#shared/errors/problem.ts';
import type { Answer } from '#shared/http/answer.ts';
import type { Settings } from '#shared/deployment/settings.ts';
import type { Locale } from '#shared/locale.ts';
import { emailMaxLength } from '#shared/users/limits.ts';
import { pageTexts } from '../texts/pages.ts';
import { recoveryTexts as texts } from '../texts/recovery.ts';
import { askAgain, codeFields, codeNotice } from '../code-fields.ts';
import { deviceFields } from '../device-fields.ts';
import { inputField, problemNotice } from '../field.ts';
import { htmlPage } from '../layout.ts';
import { newPassword } from '../new-password.ts';
import { nextInput, withNext } from '../wanted-page.ts';

interface View {
  locale: Locale;
  settings: Settings;
  now: number;
  flow: string;
  email?: string | undefined;
  code?: string | undefined;
  /** The page that was wanted before signing in. */
  next: string;
  /** Whether the mail with the code was refused. */
  isRefused?: boolean;
  problem?: Problem;
}

/** Takes the mailed code and a new password. */
export function resetPage(view: View): Answer {
  const { locale, settings, now, flow, email, code, next, isRefused, problem } = view;
  return htmlPage({
    locale,
    settings,
    status: problem?.status ?? 200,
    title: texts.forgotTitle[locale],
    script: true,
    now,
    here: withNext(`/forgot/${flow}`, next),
    content: html`<h1>${texts.forgotTitle[locale]}</h1>
      ${problem ? problemNotice(problem, locale, { code: texts.mailCode, password: texts.newPassword }) : codeNotice(texts.codeSent, locale, { settings, page: `/forgot/${flow}`, isRefused })}
      <form method="post" action="/forgot/code">
        ${nextInput(next)} ${deviceFields}
        ${inputField({ problem, name: 'email', label: pageTexts.email[locale], type: 'email', autocomplete: 'username', maxLength: emailMaxLength, value: email })}
        ${codeFields(flow, locale, problem, code)}
        ${newPassword(texts.newPassword[locale], locale, settings, problem)}
        <button type="submit">${texts.setPassword[locale]}</button>
      </form>
      ${askAgain(withNext('/forgot', next), locale)}`,
  });
}
