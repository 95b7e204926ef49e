import * as z from 'zod/mini';
import { startOfDay } from '../calendar.ts';
import { normalizeEmail } from '../email.ts';
import type { fieldTexts } from '../errors/field-texts.ts';
import { locales } from '../locale.ts';

/** A rule of our own, with the text that explains it. */
export const rule = <T>(holds: (value: T) => boolean, text: keyof typeof fieldTexts, values = {}) =>
  z.refine<T>(holds, { params: { text, values } });

/** A rule about several fields, told at one of them. */
export const ruleAt = <T>(
  path: keyof T & string,
  holds: (value: T) => boolean,
  text: keyof typeof fieldTexts,
  values = {},
) => z.refine<T>(holds, { path: [path], params: { text, values } });

/** An address or a name, or the beginning of one, in the one spelling that is stored. */
export const beginning = (most: number) =>
  z.pipe(
    z.pipe(z.string().check(z.maxLength(most)), z.transform(normalizeEmail)),
    z.string().check(z.minLength(1)),
  );

/** An id from a path or a query. */
export const idField = z.string().check(z.minLength(1), z.maxLength(64));

/** A day in UTC, such as `2026-11-20`. */
export const dayField = z.string().check(rule<string>((text) => startOfDay(text) >= 0, 'format'));

export const wellFormed = rule<string>((text) => text.isWellFormed(), 'format');

/** One line that people read: no line breaks or control characters, which could reach a mail header (C60). */
export const lineField = (most: number) =>
  z.pipe(
    z.string().check(
      z.maxLength(most),
      rule<string>((line) => line.isWellFormed() && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(line), 'line'),
    ),
    z.transform((line: string) => line.trim()),
  );

export const localeField = z.enum(locales);
