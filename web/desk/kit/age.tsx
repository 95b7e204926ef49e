import { day, hour, minute } from '#shared/clock.ts';
import { spaceNumbers } from '#shared/duration.ts';
import type { Locale } from '#shared/locale.ts';

/** Units in which an age is told, the longest first. */
const units = [
  ['day', day],
  ['hour', hour],
  ['minute', minute],
] as const;

/** How long ago it was, in the reader's language. */
export function Age({ at }: { at: string }) {
  const ms = Math.max(0, Date.now() - Date.parse(at));
  const [unit, unitMs] = units.find(([, length]) => ms >= length) ?? units.at(-1)!;
  const locale = document.documentElement.lang as Locale;
  const format = new Intl.RelativeTimeFormat(locale, { style: 'narrow', numeric: 'auto' });
  const words = format.format(-Math.floor(ms / unitMs), unit);
  return <time dateTime={at}>{spaceNumbers(words, locale)}</time>;
}
