import * as z from 'zod/mini';
import { normalizeEmail } from '../email.ts';
import { rule, wellFormed } from '../http/fields.ts';

/** An email address, answered in the one spelling that is stored (RFC 5321 allows 254 characters). */
export const emailField = z.pipe(
  z.pipe(z.string().check(z.maxLength(254)), z.transform(normalizeEmail)),
  z.email(),
);

/** An email address or a username, as somebody types it to sign in. */
export const loginField = z.string().check(z.minLength(1), z.maxLength(254), wellFormed);
export const usernameField = z
  .string()
  .check(rule<string>((name) => /^[a-z0-9]{3,32}$/.test(name), 'username'));
