import { languageTags, type Locale } from './locale.ts';

/**
 * A time (milliseconds) as people who speak the language write it, with the name of its time zone.
 * @param timeZone by default that of the machine that runs this: in a browser, the reader's own.
 */
export function showTime(milliseconds: number, locale: Locale, timeZone?: string): string {
  const format = new Intl.DateTimeFormat(languageTags[locale], {
    ...(timeZone !== undefined && { timeZone }),
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  });
  return format.format(milliseconds);
}
