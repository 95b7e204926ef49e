import * as z from 'zod/mini';
import { normalizeEmail } from '../email.ts';
import { rule, wellFormed } from '../http/fields.ts';
import { emailMaxLength, loginMaxLength, usernameLength } from './limits.ts';

/** An email address, answered in the one spelling that is stored. */
export const emailField = z.pipe(
  z.pipe(z.string().check(z.maxLength(emailMaxLength)), z.transform(normalizeEmail)),
  z.email(),
);

/** An email address or a username, as somebody types it to sign in. */
export const loginField = z.string().check(z.minLength(1), z.maxLength(loginMaxLength), wellFormed);

const usernamePattern = RegExp(`^[a-z0-9]{${usernameLength.min},${usernameLength.max}}$`);

export const usernameField = z
  .string()
  .check(rule<string>((name) => usernamePattern.test(name), 'username', usernameLength));
