import * as z from 'zod/mini';
import { showCode } from '../invites/invite-code.ts';
import { expiryToIso } from '../http/time.ts';

export const inviteResults = ['invited', 'member', 'already_invited', 'bad_address', 'suppressed'] as const;

/** The result for one invite without address, link and code: a thousand of them fit into a stored row. */
export interface CreatedRow {
  id?: string;
  /** Milliseconds. */
  expiresAt?: number;
  mailed?: boolean;
  result: (typeof inviteResults)[number];
}

/** One row of the answer to creating invites. */
const createdRowResponse = z.object({
  id: z.optional(z.string()),
  url: z.optional(z.string()),
  code: z.optional(z.string()),
  email: z.optional(z.string()),
  expiresAt: z.optional(z.nullable(z.string())),
  status: z.optional(z.literal('active')),
  /** Whether a mail carries the link. */
  mailed: z.optional(z.boolean()),
  result: z.enum(inviteResults),
  /** The mistake in a bad address. */
  reason: z.optional(z.string()),
});

/** The answer to creating invites. */
export const createdResponse = z.object({ invites: z.array(createdRowResponse) });

/** The answer to the operator who makes the first administrator's invite. */
export const firstAdminResponse = z.union([
  z.object({ url: z.string(), expiresAt: z.nullable(z.string()) }),
  z.object({ refused: z.literal('admin_exists') }),
]);

/** An address or a domain of the list that is invited. */
interface Entry {
  typed?: string;
  /** In its stored spelling; absent if the address is bad. */
  email?: string | undefined;
  reason?: string | undefined;
}

export const createdRow = (
  { expiresAt, ...row }: CreatedRow,
  { typed, email = typed, reason }: Entry,
  link: { url: string; code: string } | undefined,
): z.input<typeof createdRowResponse> => ({
  ...row,
  email,
  reason,
  ...(link && { url: link.url, code: showCode(link.code), status: 'active' as const }),
  ...(expiresAt !== undefined && { expiresAt: expiryToIso(expiresAt) }),
});
