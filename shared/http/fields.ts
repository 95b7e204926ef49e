import * as z from 'zod/mini';
import { startOfDay } from '../calendar.ts';
import { normalizeEmail } from '../email.ts';
import type { fieldTexts } from '../errors/field-texts.ts';
import { locales } from '../locale.ts';
import { readable } from '../others-words.ts';

/** A rule of our own, with the text that explains it. A field that breaks one is not checked further. */
export const rule = <T>(holds: (value: T) => boolean, text: keyof typeof fieldTexts, values = {}) =>
  z.refine<T>(holds, { abort: true, params: { text, values } });

/** A rule about several fields, reported at one of them. */
export const ruleAt = <T>(
  path: keyof T & string,
  holds: (value: T) => boolean,
  text: keyof typeof fieldTexts,
  values = {},
) => z.refine<T>(holds, { path: [path], params: { text, values } });

/** Whether a text has at most `most` characters as people and JSON Schema count them: `length` counts two for an emoji or a rare letter. */
const hasAtMost = (text: string, most: number): boolean =>
  text.length <= most || (text.length <= 2 * most && [...text].length <= most);

/**
 * The most characters of a text. It stands before every rule of a field and ends the check, so that a text of unknown length is only
 * counted: the time for some work on Unicode grows with the square of the length (C90).
 */
export function atMost(most: number) {
  const check = rule<string>((text) => hasAtMost(text, most), 'long', { max: most });
  // Tells the limit to readers of the schema, such as the OpenAPI document, as `z.maxLength` does.
  check._zod.onattach.push((schema) => Object.assign(schema._zod.bag, { maximum: most }));
  return check;
}

/** An address or a name, or the beginning of one, in its stored spelling, which may be longer than the typed one. */
export const beginning = (most: number) =>
  z.pipe(
    z.pipe(z.string().check(atMost(most)), z.transform(normalizeEmail)),
    z.string().check(z.minLength(1), atMost(most)),
  );

/** Refuses half characters: the store accepts none in a key. */
export const wellFormed = rule<string>((text) => text.isWellFormed(), 'format');

/** An id from a path, a query or a body. */
export const idField = z.string().check(z.minLength(1), atMost(64), wellFormed);

/** A day in UTC, such as `2026-11-20`. */
export const dayField = z.string().check(
  atMost(10),
  rule<string>((text) => startOfDay(text) >= 0, 'format'),
);

/** One line that people read: no line breaks or control characters, which could reach a mail header (C60), and nothing hidden. */
export const lineField = (most: number) =>
  z.pipe(
    z.string().check(
      atMost(most),
      rule<string>((line) => line.isWellFormed() && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(line), 'line'),
    ),
    z.transform(readable),
  );

export const localeField = z.enum(locales);
