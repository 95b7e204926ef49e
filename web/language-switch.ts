import { html } from 'hono/html';
import { locales, type Locale } from '#shared/locale.ts';
import { languages } from './languages.ts';
import { visitFields, type Visit } from './visit.ts';

interface View {
  locale: Locale;
  /** Given where the visitor is signed in. */
  visit?: Visit | undefined;
  /** Where the page is found again; needed where its own address does not lead there, as after a refused form. */
  here?: string | undefined;
}

/**
 * The languages, each by its own name, for whoever cannot read the page that they see. Works without scripts; where they run, what was
 * typed into a guest's page stays (`web/browser/guest/switch-language.ts`), and who would lose it is asked (`ask-before-switching.ts`).
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
