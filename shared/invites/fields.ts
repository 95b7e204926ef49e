import * as z from 'zod/mini';
import { lineField } from '../http/fields.ts';
import { inviteLimits } from './limits.ts';

const { noteLength, passphraseLength, tokenLength, typedCodeLength } = inviteLimits;

/** The token of a link. What is no token is answered as an unknown one, not as a mistake of form. */
export const tokenField = z.string().check(z.maxLength(tokenLength.max));

/** A short code as people type it. */
export const typedCodeField = z.string().check(z.maxLength(typedCodeLength.max));

/** What an invite's issuer notes about it. */
export const noteField = lineField(noteLength.max);

/** A pass phrase that an administrator chooses. */
export const newPassphraseField = z
  .string()
  .check(z.minLength(passphraseLength.min), z.maxLength(passphraseLength.max));

/** A pass phrase that a guest types: one that is shorter than any is a wrong one. */
export const typedPassphraseField = z.string().check(z.minLength(1), z.maxLength(passphraseLength.max));
