import type { Locale } from '#shared/locale.ts';

/** The languages that people can choose, each in its own name. */
export const languages: Readonly<Record<Locale, string>> = { ja: '日本語', zh: '中文', en: 'English' };
