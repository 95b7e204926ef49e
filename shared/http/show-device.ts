import type { Locale } from '../locale.ts';

/** A device as people of a language write it, of the name that `deviceName` gives it: “Chrome on Linux”. */
export const showDevice = (name: string, locale: Locale): string =>
  locale === 'en' ? name : name.replace(/^(.+) on (.+)$/, '$1（$2）');
