import * as z from 'zod/mini';
import { startOfDay } from '../calendar.ts';
import { isPasswordShortEnough, passwordMaxLength } from '../passwords/password.ts';
import { normalizeEmail } from '../users/user.ts';
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
) => z.refine<T>(holds, { path: [path], params: { text } });

/** An email address, answered in the one spelling that is stored (RFC 5321 allows 254 characters). */
export const emailField = z.pipe(
  z.pipe(z.string().check(z.maxLength(254)), z.transform(normalizeEmail)),
  z.email(),
);

/** An address or a name, or the beginning of one, in the one spelling that is stored. */
export const beginning = (most: number) =>
  z.pipe(
    z.pipe(z.string().check(z.maxLength(most)), z.transform(normalizeEmail)),
    z.string().check(z.minLength(1)),
  );

/** The id of somebody or something, from a path or a query. */
export const idField = z.string().check(z.minLength(1), z.maxLength(64));

/** A day in UTC, such as `2026-11-20`. */
export const dayField = z.string().check(rule<string>((text) => startOfDay(text) >= 0, 'format'));

const wellFormed = rule<string>((text) => text.isWellFormed(), 'format');

/** An email address or a username, as somebody types it to sign in. */
export const loginField = z.string().check(z.minLength(1), z.maxLength(254), wellFormed);

export const usernameField = z
  .string()
  .check(rule<string>((name) => /^[a-z0-9]{3,32}$/.test(name), 'username'));

/** Any password up to the length that is hashed; whether it is strong enough is a rule of the deployment. */
export const passwordField = z
  .string()
  .check(z.minLength(1), wellFormed, rule<string>(isPasswordShortEnough, 'long', { max: passwordMaxLength }));

/** One line that people read: no line breaks or control characters, which could reach a mail header (C60). */
export const lineField = (most: number) =>
  z.pipe(
    z.string().check(
      z.maxLength(most),
      rule<string>((line) => line.isWellFormed() && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(line), 'line'),
    ),
    z.transform((line: string) => line.trim()),
  );

/** A flow's id, as code-create answered it. */
export const flowField = z.string().check(z.maxLength(64), wellFormed);

/** A mailed code as somebody types it; what is none is answered as a wrong one. */
export const codeField = z.string().check(z.maxLength(64), wellFormed);

/** What is no token is answered as an unknown one, not as a mistake of form. */
export const inviteTokenField = z.string();

export const localeField = z.enum(locales);

/** How the client keeps its session: a cookie that scripts cannot read, or a token in the answer's body. */
export const transportField = z._default(z.enum(['cookie', 'token']), 'cookie');

/** A solved captcha, four times as long as ours are; what is none is refused as unsolved. */
export const captchaField = z.optional(z.string().check(z.maxLength(2_500)));

/** A browser's fingerprint, a hint. */
export const deviceIdField = z.string().check(z.minLength(1), z.maxLength(128), z.regex(/^[\w-]+$/));
