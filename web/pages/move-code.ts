import { html } from 'hono/html';
import type { Problem } from '#shared/errors/problem.ts';
import type { Answer } from '#shared/http/answer.ts';
import type { Settings } from '#shared/deployment/settings.ts';
import type { Locale } from '#shared/locale.ts';
import { fieldTexts } from '#shared/errors/field-texts.ts';
import { pageTexts } from '../texts/pages.ts';
import { recoveryTexts as texts } from '../texts/recovery.ts';
import { emailMaxLength } from '#shared/users/limits.ts';
import { captchaField } from '../captcha-field.ts';
import { askAgain, codeFields, codeNotice } from '../code-fields.ts';
import { newDeviceFields } from '../device-fields.ts';
import { inputField, problemNotice } from '../field.ts';
import { htmlPage } from '../layout.ts';
import { nextInput, withNext } from '../wanted-page.ts';

interface View {
  locale: Locale;
  settings: Settings;
  now: number;
  flow: string;
  login?: string | undefined;
  code?: string | undefined;
  /** Whether the mail with the code was refused. */
  isRefused?: boolean;
  captcha?: boolean;
  /** The page that was wanted before signing in. */
  next: string;
  problem?: Problem;
}

/** Signs in with a mailed code, which makes this the device that the account is bound to. */
export function moveCodePage(view: View): Answer {
  const { locale, settings, now, flow, login, code, next, isRefused, problem, captcha = false } = view;
  return htmlPage({
    locale,
    settings,
    status: problem?.status ?? 200,
    title: texts.moveTitle[locale],
    script: true,
    here: withNext(`/move/${flow}`, next),
    now,
    content: html`<h1>${texts.moveTitle[locale]}</h1>
      ${problem ? problemNotice(problem, locale, { code: texts.mailCode }) : codeNotice(texts.codeSent, locale, { settings, page: `/move/${flow}`, isRefused })}
      <noscript><p class="hint error">${fieldTexts.deviceKey[locale]}</p></noscript>
      <form method="post" action="/login">
        ${nextInput(next)} ${newDeviceFields} ${codeFields(flow, locale, problem, code)}
        ${inputField({ problem, name: 'login', label: pageTexts.login[locale], autocomplete: 'username', maxLength: emailMaxLength, value: login })}
        ${inputField({ problem, name: 'password', label: pageTexts.password[locale], type: 'password', autocomplete: 'current-password', show: pageTexts.show[locale] })}
        ${captcha ? captchaField(locale) : ''}
        <button type="submit">${texts.moveSubmit[locale]}</button>
      </form>
      ${askAgain(withNext('/move', next), locale)}`,
  });
}
