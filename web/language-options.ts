import { html } from 'hono/html';
import { locales, type Locale } from '#shared/locale.ts';
import { languages } from './languages.ts';

/** The languages that people can choose, each in its own name. */
export const languageOptions = (chosen: Locale) =>
  locales.map(
    (one) =>
      html`<option value="${one}" lang="${one}" ${one === chosen ? 'selected' : ''}>
        ${languages[one]}
      </option>`,
  );
