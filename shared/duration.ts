import { day, hour, minute, second } from './clock.ts';
import { languageTags, type Locale } from './locale.ts';

const units = { s: second, m: minute, h: hour, d: day } as const;

/** A length of time as people write it: `30s`, `1m`, `4h`, `1d`. */
export type Duration = `${number}${keyof typeof units}`;

/** A length of time in milliseconds. */
export function toMilliseconds(duration: Duration): number {
  return Number(duration.slice(0, -1)) * units[duration.slice(-1) as keyof typeof units];
}

/** A length of time as a value in a text. `showDuration` puts it into words. */
export interface TimeSpan {
  lengthMs: number;
}

const shownUnits = [
  ['day', day],
  ['hour', hour],
  ['minute', minute],
  ['second', second],
] as const;

/**
 * A length of time in plain words, such as “10 minutes”, with the next smaller unit if there are less than three of the larger
 * one. Rounded up, so that a caller who waits that long does not come too early.
 */
export function showDuration({ lengthMs }: TimeSpan, locale: Locale): string {
  const found = shownUnits.findIndex(([, unitMs]) => unitMs <= lengthMs);
  const largest = found < 0 ? shownUnits.length - 1 : found;
  const isFew = lengthMs < 3 * shownUnits[largest]![1];
  const [, finestMs] = shownUnits[largest + (isFew ? 1 : 0)] ?? shownUnits[largest]!;
  let leftMs = Math.ceil(Math.max(lengthMs, 1) / finestMs) * finestMs;
  const parts: string[] = [];
  for (const [unit, unitMs] of shownUnits) {
    const count = Math.floor(leftMs / unitMs);
    leftMs %= unitMs;
    const words = new Intl.NumberFormat(languageTags[locale], { style: 'unit', unit, unitDisplay: 'long' });
    if (count > 0) parts.push(words.format(count));
  }
  return new Intl.ListFormat(languageTags[locale], { type: 'unit' }).format(parts);
}
