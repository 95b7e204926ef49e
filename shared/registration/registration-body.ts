import * as z from 'zod/mini';
import * as field from '../http/fields.ts';
import { deviceKeyField } from '../sessions/device-key.ts';
import { referenceFields } from '../invites/reference-fields.ts';

const shape = z.strictObject({
  ...referenceFields,
  email: z.optional(field.emailField),
  username: z.optional(field.usernameField),
  password: z.optional(field.passwordField),
  firstName: z._default(field.lineField(100), ''),
  lastName: z._default(field.lineField(100), ''),
  /** Of a device-only invite, in place of address, name and password. */
  passphrase: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
  locale: z.optional(field.localeField),
  deviceId: z.optional(field.deviceIdField),
  deviceKey: z.optional(deviceKeyField),
  transport: field.transportField,
});
type Shape = z.output<typeof shape>;

const needed = (name: 'email' | 'username' | 'password') =>
  field.ruleAt<Shape>(name, (body) => body.passphrase !== undefined || body[name] !== undefined, 'missing');

/** What a guest sends to register: an account's fields, or the pass phrase of a device-only invite. */
export const registrationBody = shape.check(
  field.ruleAt<Shape>('token', ({ token, code }) => token === undefined || code === undefined, 'reference'),
  needed('email'),
  needed('username'),
  needed('password'),
  field.ruleAt<Shape>(
    'passphrase',
    ({ passphrase, email, username, password }) =>
      passphrase === undefined || !(email ?? username ?? password),
    'notForDevices',
  ),
  field.ruleAt<Shape>(
    'deviceKey',
    (body) => body.passphrase === undefined || body.deviceKey !== undefined,
    'deviceKey',
  ),
);
export type RegistrationBody = Shape;
