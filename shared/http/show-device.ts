import type { Locale } from '../locale.ts';

/** A device's name in the form of the reader's language, from the name that `deviceName` gives: “Chrome on Linux”. */
export const showDevice = (name: string, locale: Locale): string =>
  locale === 'en' ? name : name.replace(/^(.+) on (.+)$/, '$1（$2）');
