import type { Locale } from '#shared/locale.ts';

/** The colon between a label and its value. In Chinese it is full-width, without a space. */
export const colonOf = (locale: Locale): string => (locale === 'zh' ? '：' : ': ');
