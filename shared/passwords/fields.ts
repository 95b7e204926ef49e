import * as z from 'zod/mini';
import { atMost, rule, wellFormed } from '../http/fields.ts';
import { isPasswordShortEnough, passwordMaxLength } from './password.ts';

/** Any password up to the length that is hashed; whether it is strong enough is a rule of the deployment. */
export const passwordField = z
  .string()
  .check(
    z.minLength(1),
    atMost(passwordMaxLength),
    wellFormed,
    rule<string>(isPasswordShortEnough, 'long', { max: passwordMaxLength }),
  )
  .register(z.globalRegistry, { format: 'password' });
