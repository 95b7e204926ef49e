import * as z from 'zod/mini';

export const branchParams = z.object({ id: z.string().check(z.maxLength(64)) });

/** Who is in a branch. */
export const branchResponse = z.object({
  users: z.array(
    z.object({
      id: z.string(),
      /** null: who has deleted the account. */
      username: z.nullable(z.string()),
      invitedBy: z.string(),
      /** 1: invited by the user at the root. */
      depth: z.int(),
    }),
  ),
  truncated: z.boolean(),
  /** Names this very state of the branch, for revoking it. */
  preview: z.string(),
});
