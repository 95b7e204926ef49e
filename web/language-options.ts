import { html } from 'hono/html';
import { locales, type Locale } from '#shared/locale.ts';

export const languages: Record<Locale, string> = { ja: '日本語', zh: '中文', en: 'English' };

/** The languages that people can choose, each in its own name. */
export const languageOptions = (chosen: Locale) =>
  locales.map(
    (one) =>
      html`<option value="${one}" lang="${one}" ${one === chosen ? 'selected' : ''}>
        ${languages[one]}
      </option>`,
  );
