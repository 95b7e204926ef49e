import { html } from 'hono/html';
import { locales, type Locale } from '#shared/locale.ts';
import { languages } from './languages.ts';
import { visitFields, type Visit } from './visit.ts';

interface View {
  locale: Locale;
  /** Given if the visitor is signed in. */
  visit?: Visit | undefined;
  /** Where the page is found again. Needed if its own address does not lead there, as after a refused form. */
  here?: string | undefined;
}

/**
 * The languages, each in its own name, for visitors who cannot read the page. Works without scripts. With them, input on a guest's
 * page stays (`web/browser/guest/switch-language.ts`), and a user who would lose input is asked (`ask-before-switching.ts`).
 */
export const languageSwitch = ({ locale, visit, here }: View) =>
  html`<form class="languages" method="post" action="/language" aria-label="Language, 言語, 语言">
    ${visit ? visitFields(visit) : ''}
    ${here ? html`<input type="hidden" name="here" value="${here}" />` : ''}
    ${locales.map(
      (one) =>
        html`<button
          name="language"
          value="${one}"
          lang="${one}"
          ${one === locale ? html`aria-current="true"` : ''}
        >
          ${languages[one]}
        </button>`,
    )}
  </form>`;
