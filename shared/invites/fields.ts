import * as z from 'zod/mini';
import { captchaField } from '../guards/challenge.ts';
import { atMost, lineField, rule, ruleAt, wellFormed } from '../http/fields.ts';
import { holdsLink, readable, readableLines, seen, withoutSurroundings } from '../others-words.ts';
import type { InviteReference } from './inspect-invite.ts';
import { inviteLimits } from './limits.ts';

const { appLength, labelLength, messageLength, noteLength, passphraseLength, tokenLength, typedCodeLength } =
  inviteLimits;

/** The token of a link. A malformed token is answered like an unknown one, not like a mistake in the field. */
export const tokenField = z.string().check(atMost(tokenLength.max));

/** A short code as people type it. */
export const typedCodeField = z.string().check(atMost(typedCodeLength.max));

/** What an invite's issuer notes about it. */
export const noteField = lineField(noteLength.max);

/** One word by which invites are found and counted together, such as `spring-course`. */
export const labelField = z.pipe(
  z.pipe(
    z.string().check(atMost(labelLength.max)),
    z.transform((typed: string) => readable(seen(typed)).normalize('NFC')),
  ),
  // Normalization makes some characters longer. A mark without a letter would combine with the character before it.
  z.string().check(
    atMost(labelLength.max),
    rule<string>((label) => /^(?!\p{M})[\p{L}\p{M}\p{N}-]+$/u.test(label), 'label'),
  ),
);

/** The name of the app that a guest is led to. The deployment's settings say which apps there are. */
export const appField = z.string().check(atMost(appLength.max));

/** The issuer's own words for the mail: plain text in lines, without a link, because only Latchkey sends links (C99). */
export const messageField = z.pipe(
  z.pipe(z.string().check(atMost(messageLength.max), wellFormed), z.transform(readableLines)),
  z.string().check(rule<string>((message) => !holdsLink(message), 'noLink')),
);

/** A pass phrase that an administrator chooses. */
export const newPassphraseField = z.pipe(
  z.pipe(
    z.string().check(z.minLength(passphraseLength.min), atMost(passphraseLength.max)),
    z.transform(withoutSurroundings),
  ),
  z.string().check(z.minLength(passphraseLength.min)),
);

/** A pass phrase that a guest types. One that is too short for any invite counts as wrong. */
export const typedPassphraseField = z.string().check(z.minLength(1), atMost(passphraseLength.max));

/**
 * Fields of a body by which a guest names an invite: its `token` or its `code`, and a solved captcha if the guard against guessing
 * demands one. Both may be longer than any that exists: a text that is neither is answered like an unknown one.
 */
export const referenceFields = {
  token: z.optional(tokenField),
  code: z.optional(typedCodeField),
  captcha: captchaField,
};

/** Requires exactly one of `token` and `code`. */
export const oneReference = ruleAt<InviteReference>(
  'token',
  ({ token, code }) => (token === undefined) !== (code === undefined),
  'reference',
);
