import * as z from 'zod/mini';
import { ruleAt } from '../fields.ts';
import type { InviteReference } from '../inspect-invite.ts';

/** What a guest brings, in a body: `token` or `code`. Longer than either; what is neither is an unknown one. */
export const referenceFields = {
  token: z.optional(z.string().check(z.maxLength(200))),
  code: z.optional(z.string().check(z.maxLength(40))),
};

/** Exactly one of the two. */
export const oneReference = ruleAt<InviteReference>(
  'token',
  ({ token, code }) => (token === undefined) !== (code === undefined),
  'reference',
);
