import { showTime } from '#shared/show-time.ts';
import { pageLocale } from './page-locale.ts';

/** A time of the API as written in the page's language, in the reader's own time zone, which it names. */
export const dateTime = (iso: string): string => showTime(Date.parse(iso), pageLocale());

/** Shows the times of the page in the reader's own zone. */
export function showLocalTimes(): void {
  for (const time of document.querySelectorAll('time')) time.textContent = dateTime(time.dateTime);
}
