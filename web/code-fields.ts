import { html } from 'hono/html';
import { typedMailCodeMaxLength } from '#shared/codes/fields.ts';
import { codeLength } from '#shared/codes/mail-code.ts';
import type { Problem } from '#shared/errors/problem.ts';
import type { Settings } from '#shared/deployment/settings.ts';
import { fill, type Locale, type Text } from '#shared/locale.ts';
import { recoveryTexts as texts } from './texts/recovery.ts';
import { inputField } from './field.ts';
import type { Fragment } from './layout.ts';

interface Mailed {
  /** Says how long codes are good. */
  settings: Pick<Settings, 'codeMinutes'>;
  /** Path of this page, from which the script reads the notice again. */
  page: string;
  /** Whether the mail with the code was refused. */
  isRefused: boolean | undefined;
}

/**
 * Says that a code is on its way and how long it is good, or that the mail was refused. The mail is sent after the page, so the
 * script looks from time to time whether that has changed (`web/browser/watch-mail.ts`).
 */
export function codeNotice(
  text: Text,
  locale: Locale,
  { settings, page, isRefused = false }: Mailed,
): Fragment {
  const minutes = settings.codeMinutes;
  const words = isRefused ? texts.mailRefused[locale] : fill(text[locale], { minutes });
  return html`<p class="notice ${isRefused ? '' : 'good'}" role="status" data-mail="${page}">${words}</p>`;
}

/** The field for a mailed code, with the flow that the code belongs to. @param typed the input of the last try. */
export const codeFields = (
  flow: string,
  locale: Locale,
  problem: Problem | undefined,
  typed?: string,
): Fragment =>
  html`<input type="hidden" name="flow" value="${flow}" /> ${inputField({
      name: 'code',
      label: texts.mailCode[locale],
      hint: fill(texts.mailCodeHint[locale], { length: codeLength }),
      autocomplete: 'one-time-code',
      maxLength: typedMailCodeMaxLength,
      value: typed,
      problem,
    })}`;

/** The way back to the form that sends the code, under the one that takes it. */
export const askAgain = (path: string, locale: Locale): Fragment =>
  html`<p class="note">${texts.noMailCame[locale]} <a href="${path}">${texts.askAgain[locale]}</a></p>`;

/** `content` if the deployment sends mail, else whom to ask. */
export const whereMail = (settings: Settings, locale: Locale, content: Fragment): Fragment =>
  settings.mailFrom === null ? html`<p class="notice">${texts.noMail[locale]}</p>` : content;
