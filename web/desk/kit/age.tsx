import { serverNow } from '../../browser/server-time.ts';
import { day, hour, minute } from '#shared/clock.ts';

/** Units of an age, the longest first. */
const units = [
  ['day', day],
  ['hour', hour],
  ['minute', minute],
] as const;

/** How long ago it was, in the reader's language. */
export function Age({ at }: { at: string }) {
  const ms = Math.max(0, serverNow() - Date.parse(at));
  const [unit, unitMs] = units.find(([, length]) => ms >= length) ?? units.at(-1)!;
  const format = new Intl.RelativeTimeFormat(document.documentElement.lang, {
    style: 'narrow',
    numeric: 'auto',
  });
  return <time dateTime={at}>{format.format(-Math.floor(ms / unitMs), unit)}</time>;
}
