import type { Locale } from '#shared/locale.ts';
import { showTime } from '#shared/show-time.ts';

/** A time of the API (ISO 8601) in the reader's own zone and language. */
export function Time({ at }: { at: string }) {
  return <time dateTime={at}>{timeText(at)}</time>;
}

export const timeText = (at: string): string =>
  showTime(Date.parse(at), document.documentElement.lang as Locale);
