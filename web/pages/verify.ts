import { html } from 'hono/html';
import type { Problem } from '#shared/errors/problem.ts';
import { seeOther, type Answer } from '#shared/http/answer.ts';
import type { Settings } from '#shared/deployment/settings.ts';
import type { Locale } from '#shared/locale.ts';
import { accountViewTexts } from '../texts/account.ts';
import { recoveryTexts as texts } from '../texts/recovery.ts';
import { askAgain, codeFields, codeNotice, whereMail } from '../code-fields.ts';
import { problemNotice } from '../field.ts';
import { htmlPage, type Fragment } from '../layout.ts';
import { visitFields, type Visit } from '../visit.ts';

interface View {
  visit: Visit;
  now: number;
  locale: Locale;
  settings: Settings;
  problem?: Problem;
}

/** For visitors whose session has ended. They start again at `/verify`: the secret in the path must not get into a query. */
export const signInFirst = seeOther('/login?next=%2Fverify');

function verifying(
  { visit, now, locale, settings, problem }: View,
  content: Fragment,
  here?: string,
): Answer {
  return htmlPage({
    locale,
    settings,
    status: problem?.status ?? 200,
    title: texts.verifyTitle[locale],
    visit,
    now,
    here,
    content: html`<h1>${texts.verifyTitle[locale]}</h1>
      ${problemNotice(problem, locale, { code: texts.mailCode })} ${content}`,
  });
}

/**
 * Offers to mail the code that proves the account's address.
 * @param email absent if the page is bound to a device: the script then fills it in.
 */
export function verifyPage(view: View, email: string | undefined): Answer {
  const { visit, locale, settings } = view;
  const form = html`<form method="post" action="/verify" ${visit.boundSession ? 'data-shell hidden' : ''}>
    ${visitFields(visit)}
    <input type="hidden" name="email" value="${email}" data-me="email" />
    <p>
      <strong data-me="email">${email}</strong>
      <a href="/account#email">${accountViewTexts.otherEmail[locale]}</a>
    </p>
    <button type="submit">${texts.sendCode[locale]}</button>
  </form>`;
  return verifying(
    view,
    html`<p>${texts.verifyHint[locale]}</p>
      ${whereMail(settings, locale, form)}`,
  );
}

interface Mailed {
  /** Whether the mail with the code was refused. */
  isRefused?: boolean;
  /** The input of the last try. */
  code?: string | undefined;
}

/** Takes the code that was mailed. */
export function verifyCodePage(view: View, flow: string, { isRefused, code }: Mailed = {}): Answer {
  const { visit, locale, settings, problem } = view;
  const form = html`<form method="post" action="/verify/code">
      ${visitFields(visit)} ${codeFields(flow, locale, problem, code)}
      <button type="submit">${texts.confirm[locale]}</button>
    </form>
    ${askAgain('/verify', locale)}`;
  return verifying(
    view,
    html`${problem ? '' : codeNotice(texts.verifySent, locale, { settings, page: `/verify/${flow}`, isRefused })}
    ${form}`,
    `/verify/${flow}`,
  );
}
