import type { Locale } from '#shared/locale.ts';

/** What stands between a thing and what is said of it: Chinese has a sign of full width, without a space. */
export const colonOf = (locale: Locale): string => (locale === 'zh' ? '：' : ': ');
