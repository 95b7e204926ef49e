import * as z from 'zod/mini';
import { emailLimits, mistakeInEmail, normalizeEmail } from '../email.ts';
import { halfWidth, seen } from '../others-words.ts';
import { atMost, lineField, rule, wellFormed } from '../http/fields.ts';
import { ofProfileFields, profileFields } from './profile-fields.ts';
import { emailMaxLength, usernameLength } from './limits.ts';

/** An email address as people type it, turned into the one spelling that is stored, which may be longer. */
export const emailField = z.pipe(
  z.string().check(
    atMost(emailMaxLength),
    z.check<string>(({ value: input, issues }) => {
      const text = mistakeInEmail(input);
      if (text)
        issues.push({ code: 'custom', input, params: { text, values: emailLimits }, continue: false });
    }),
  ),
  z.pipe(z.transform(normalizeEmail), z.string().check(atMost(emailMaxLength))),
);

/** An email address or a username, as typed at sign-in. */
export const loginField = z.string().check(z.minLength(1), atMost(emailMaxLength), wellFormed);

const usernamePattern = RegExp(`^[a-z0-9]{${usernameLength.min},${usernameLength.max}}$`);

/** A username as people type it: invisible characters and full-width forms do not make it another name. */
export const usernameField = z.pipe(
  z.pipe(
    z.string().check(atMost(usernameLength.max)),
    z.transform((typed: string) => halfWidth(seen(typed)).trim()),
  ),
  z.string().check(rule<string>((name) => usernamePattern.test(name), 'username', usernameLength)),
);

/** The schemas of all profile fields, each as `wrap` makes it optional. */
export const profileSchemas = <Schema>(wrap: (field: ReturnType<typeof lineField>) => Schema) =>
  ofProfileFields((name) => wrap(lineField(profileFields[name].maxLength)));
