import * as z from 'zod/mini';
import { ruleAt } from '../http/fields.ts';
import { captchaField } from '../guards/challenge.ts';
import { tokenField, typedCodeField } from './fields.ts';
import type { InviteReference } from './inspect-invite.ts';

/**
 * What a guest brings, in a body: `token` or `code`, which may be longer than either (what is neither is an unknown
 * one), and a solved captcha where it takes one.
 */
export const referenceFields = {
  token: z.optional(tokenField),
  code: z.optional(typedCodeField),
  captcha: captchaField,
};

/** Exactly one of the two. */
export const oneReference = ruleAt<InviteReference>(
  'token',
  ({ token, code }) => (token === undefined) !== (code === undefined),
  'reference',
);
