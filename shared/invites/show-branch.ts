import * as z from 'zod/mini';

export const branchParams = z.object({ id: z.string().check(z.maxLength(64)) });

/** The users of a branch. */
export const branchResponse = z.object({
  users: z.array(
    z.object({
      id: z.string(),
      /** null: the user has deleted the account. */
      username: z.nullable(z.string()),
      invitedBy: z.string(),
      /** 1: invited by the user at the root. */
      depth: z.int(),
    }),
  ),
  truncated: z.boolean(),
  /** A digest of this preview, which revoking the branch must name. */
  preview: z.string(),
});
