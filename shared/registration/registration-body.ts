import * as z from 'zod/mini';
import { localeField, ruleAt } from '../http/fields.ts';
import { passwordField } from '../passwords/fields.ts';
import { deviceIdField, transportField } from '../sessions/fields.ts';
import { emailField, profileSchemas, usernameField } from '../users/fields.ts';
import { deviceKeyField } from '../sessions/device-key.ts';
import { typedPassphraseField } from '../invites/fields.ts';
import { referenceFields } from '../invites/fields.ts';

const shape = z.strictObject({
  ...referenceFields,
  email: z.optional(emailField),
  username: z.optional(usernameField),
  password: z.optional(passwordField),
  ...profileSchemas((field) => z._default(field, '')),
  /** Of a device-only invite, in place of address, name and password. */
  passphrase: z.optional(typedPassphraseField),
  locale: z.optional(localeField),
  deviceId: z.optional(deviceIdField),
  deviceKey: z.optional(deviceKeyField),
  transport: transportField,
});
type Shape = z.output<typeof shape>;

const needed = (name: 'email' | 'username' | 'password') =>
  ruleAt<Shape>(name, (body) => body.passphrase !== undefined || body[name] !== undefined, 'missing');

/** What a guest sends to register: an account's fields, or the pass phrase of a device-only invite. */
export const registrationBody = shape.check(
  ruleAt<Shape>('token', ({ token, code }) => token === undefined || code === undefined, 'reference'),
  needed('email'),
  needed('username'),
  needed('password'),
  ruleAt<Shape>(
    'passphrase',
    ({ passphrase, email, username, password }) =>
      passphrase === undefined || !(email ?? username ?? password),
    'phraseAlone',
  ),
  ruleAt<Shape>(
    'deviceKey',
    (body) => body.passphrase === undefined || body.deviceKey !== undefined,
    'deviceKey',
  ),
);
export type RegistrationBody = Shape;
