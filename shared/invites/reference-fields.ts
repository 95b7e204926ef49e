import * as z from 'zod/mini';
import { ruleAt } from '../http/fields.ts';
import { captchaField } from '../guards/challenge.ts';
import type { InviteReference } from './inspect-invite.ts';

/**
 * What a guest brings, in a body: `token` or `code`, which may be longer than either (what is neither is an unknown
 * one), and a solved captcha where it takes one.
 */
export const referenceFields = {
  token: z.optional(z.string().check(z.maxLength(200))),
  code: z.optional(z.string().check(z.maxLength(40))),
  captcha: captchaField,
};

/** Exactly one of the two. */
export const oneReference = ruleAt<InviteReference>(
  'token',
  ({ token, code }) => (token === undefined) !== (code === undefined),
  'reference',
);

/** What is no token is answered as an unknown one, not as a mistake of form. */
export const inviteTokenField = z.string();
