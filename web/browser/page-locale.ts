import { isLocale, type Locale } from '#shared/locale.ts';

/** The language in which the page is written. */
export function pageLocale(): Locale {
  const { lang } = document.documentElement;
  return isLocale(lang) ? lang : 'en';
}
