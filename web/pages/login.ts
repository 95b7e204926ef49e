import { html } from 'hono/html';
import type { Problem } from '#shared/errors/problem.ts';
import type { Answer } from '#shared/http/answer.ts';
import type { Settings } from '#shared/deployment/settings.ts';
import { accountTexts } from '../texts/account.ts';
import type { Locale } from '#shared/locale.ts';
import { recoveryTexts } from '../texts/recovery.ts';
import { pageTexts as texts } from '../texts/pages.ts';
import type { SessionEnd } from '#shared/sessions/session.ts';
import { emailMaxLength } from '#shared/users/limits.ts';
import { captchaField } from '../captcha-field.ts';
import { deviceFields } from '../device-fields.ts';
import { inputField, problemNotice } from '../field.ts';
import { htmlPage, type Fragment } from '../layout.ts';
import { sessionEndNotice } from '../session-end.ts';
import { withNext } from '../wanted-page.ts';

/** Acts that lead here once they are done. */
export const doneActs = ['password-reset', 'account-deleted'] as const;
const doneTexts = { 'password-reset': recoveryTexts.passwordSet, 'account-deleted': accountTexts.deleted };

interface View {
  locale: Locale;
  settings: Settings;
  now: number;
  /** The action just done, if it leads here. */
  done?: (typeof doneActs)[number] | undefined;
  /** Email address or username as typed before. */
  login?: string | undefined;
  /** The page that was wanted before signing in. */
  next: string;
  problem?: Problem;
  /** Whether the visitor is signed in and must confirm who they are. */
  isAgain?: boolean;
  /** Whether the form asks for a captcha. */
  captcha?: boolean;
  /** Why the visitor's session does not count any more. */
  end?: SessionEnd | undefined;
}

/** The sign-in form; works without scripts. */
export function loginPage(view: View): Answer {
  const { locale, settings, now, done, login, next, problem, isAgain = false, captcha = false, end } = view;
  return htmlPage({
    locale,
    settings,
    status: problem?.status ?? 200,
    title: texts.signIn[locale],
    script: true,
    now,
    here: withNext(isAgain ? '/login?again' : '/login', next),
    content: html`<h1>${texts.signIn[locale]}</h1>
      ${problemNotice(problem, locale)} ${wayIn(problem, next, locale)} ${sessionEndNotice(end, locale)}
      ${done ? html`<p class="notice good" role="status">${doneTexts[done][locale]}</p>` : ''}
      ${isAgain ? html`<p class="notice">${texts.again[locale]}</p>` : ''}
      <form method="post" action="/login">
        ${isAgain ? html`<input type="hidden" name="again" value="yes" />` : ''}
        <input type="hidden" name="next" value="${next}" />
        ${deviceFields}
        ${inputField({ problem, name: 'login', label: texts.login[locale], autocomplete: 'username', maxLength: emailMaxLength, value: login })}
        ${inputField({ problem, name: 'password', label: texts.password[locale], type: 'password', autocomplete: 'current-password', show: texts.show[locale] })}
        ${captcha ? captchaField(locale) : ''}
        <button type="submit">${texts.signIn[locale]}</button>
      </form>
      <p class="after"><a href="${withNext('/forgot', next)}">${recoveryTexts.forgot[locale]}</a></p>
      ${isAgain ? '' : toRegister(settings, next, locale)}`,
  });
}

/** The way on for a visitor whom the form refuses: the account is bound to another device, or locked for a while. */
function wayIn(problem: Problem | undefined, next: string, locale: Locale): Fragment {
  const button = (path: string, label: string) =>
    html`<p class="way-in"><a class="button" href="${withNext(path, next)}">${label}</a></p>`;
  if (problem?.code === 'device_mismatch') return button('/move', accountTexts.moveHere[locale]);
  return problem?.code === 'locked' ? button('/forgot', recoveryTexts.forgotTitle[locale]) : html``;
}

/** For visitors without an account. */
function toRegister({ registration }: Settings, next: string, locale: Locale): Fragment {
  const path = withNext('/register', next);
  return registration === 'open'
    ? html`<p class="after"><a href="${path}">${texts.newHere[locale]}</a></p>`
    : html`<p class="note">${texts.onlyInvited[locale]}</p>
        <p class="after"><a href="${path}">${texts.haveCode[locale]}</a></p>`;
}
