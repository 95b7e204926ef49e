import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { Ports } from '../deployment/capability.ts';
import type { readBranches } from './issued-invites.ts';
import type { listRedemptions } from './list-redemptions.ts';
import type { Invite } from './invite.ts';

/** Users, and invites, that one preview of a branch holds; a larger branch is revoked in several steps. */
const previewSize = 200;

/** The users that a user has brought in, directly or through others, and the invites of all of them that can be withdrawn. */
export interface Branch {
  users: { id: string; username: string | null; invitedBy: string; depth: number }[];
  /** Also what has expired, as it can be renewed (C96). */
  invites: Invite[];
  /** Whether the branch has more than the preview holds. */
  truncated: boolean;
}

type Tools = Ports<readonly [typeof readBranches, typeof listRedemptions]>;

export async function readBranch(rootId: string, { branches, redemptions }: Tools): Promise<Branch> {
  const branch: Branch = { users: [], invites: [], truncated: false };
  const seen = new Set([rootId]);
  const queue = [{ id: rootId, depth: 0 }];
  for (let issuer = queue.shift(); issuer; issuer = queue.shift()) {
    const { invites, more } = await branches.issuedBy(issuer.id, previewSize);
    branch.truncated ||= more;
    for (const invite of invites) {
      if (invite.state === 'active') {
        if (branch.invites.length < previewSize) branch.invites.push(invite);
        else branch.truncated = true;
      }
      // One more than fits shows that the preview is truncated.
      for (const { userId, username = null } of invite.uses > 0
        ? await redemptions.of(invite.id, previewSize + 1)
        : []) {
        if (seen.has(userId)) continue;
        if (branch.users.length >= previewSize) return { ...branch, truncated: true };
        seen.add(userId);
        const depth = issuer.depth + 1;
        branch.users.push({ id: userId, username, invitedBy: issuer.id, depth });
        queue.push({ id: userId, depth });
      }
    }
  }
  return branch;
}

/** A digest of a preview's ids. Revoking compares it, so that it changes only what the preview has shown. */
export function digestOf({ users, invites }: Branch): string {
  const ids = [...users.map(({ id }) => `user ${id}`), ...invites.map(({ id }) => `invite ${id}`)];
  return createHash('sha256').update(ids.toSorted().join('\n')).digest('base64url');
}

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
