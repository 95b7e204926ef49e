import { day } from './clock.ts';

/** The day in UTC of a time in milliseconds, such as `2026-11-20`. Days compare as texts. */
export const dayOf = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

/** The time at which a day begins, in milliseconds; NaN if the text is not a day, such as `2026-02-30`. */
export const startOfDay = (text: string): number => {
  const start = Date.parse(`${text}T00:00:00.000Z`);
  return Number.isNaN(start) || dayOf(start) !== text ? Number.NaN : start;
};

/** The day `days` days later; earlier for a negative number. */
export const shiftDay = (text: string, days: number): string => dayOf(startOfDay(text) + days * day);
