import * as z from 'zod/mini';
import { normalizeEmail } from '../email.ts';
import { atMost, lineField, rule, wellFormed } from '../http/fields.ts';
import { ofProfileFields, profileFields } from './profile-fields.ts';
import { emailMaxLength, usernameLength } from './limits.ts';

/** An email address, answered in the one spelling that is stored. */
export const emailField = z.pipe(
  z.pipe(z.string().check(atMost(emailMaxLength)), z.transform(normalizeEmail)),
  z.email(),
);

/** An email address or a username, as typed at sign-in. */
export const loginField = z.string().check(z.minLength(1), atMost(emailMaxLength), wellFormed);

const usernamePattern = RegExp(`^[a-z0-9]{${usernameLength.min},${usernameLength.max}}$`);

export const usernameField = z.string().check(
  atMost(usernameLength.max),
  rule<string>((name) => usernamePattern.test(name), 'username', usernameLength),
);

/** The schemas of all profile fields, each as `wrap` makes it optional. */
export const profileSchemas = <Schema>(wrap: (field: ReturnType<typeof lineField>) => Schema) =>
  ofProfileFields((name) => wrap(lineField(profileFields[name].maxLength)));
