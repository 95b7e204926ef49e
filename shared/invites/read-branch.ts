import { createHash } from 'node:crypto';
import type { Ports } from '../deployment/capability.ts';
import type { readBranches } from './branches.ts';
import type { listRedemptions } from './list-redemptions.ts';
import { isOpen, type Invite } from './invite.ts';

/** Users and open invites that one look at a branch shows; a larger branch is taken in several. */
const most = 200;

/** Everybody whom a user has brought in, directly or through others, and the invites that are open among them. */
export interface Branch {
  users: { id: string; username: string | null; invitedBy: string; depth: number }[];
  openInvites: Invite[];
  /** Whether there is more than was looked at. */
  truncated: boolean;
}

type Tools = Ports<readonly [typeof readBranches, typeof listRedemptions]>;

export async function readBranch(
  rootId: string,
  { branches, redemptions }: Tools,
  now: number,
): Promise<Branch> {
  const branch: Branch = { users: [], openInvites: [], truncated: false };
  const seen = new Set([rootId]);
  const queue = [{ id: rootId, depth: 0 }];
  for (let issuer = queue.shift(); issuer; issuer = queue.shift()) {
    const { invites, more } = await branches.issuedBy(issuer.id, most, now);
    branch.truncated ||= more;
    for (const invite of invites) {
      if (isOpen(invite, now)) {
        if (branch.openInvites.length < most) branch.openInvites.push(invite);
        else branch.truncated = true;
      }
      // One more than fits, so that it is seen that they do not.
      for (const { userId, username = null } of invite.uses > 0
        ? await redemptions.of(invite.id, most + 1)
        : []) {
        if (seen.has(userId)) continue;
        if (branch.users.length >= most) return { ...branch, truncated: true };
        seen.add(userId);
        const depth = issuer.depth + 1;
        branch.users.push({ id: userId, username, invitedBy: issuer.id, depth });
        queue.push({ id: userId, depth });
      }
    }
  }
  return branch;
}

/** Names what a preview has shown, so that revoking touches that and nothing else. */
export function digestOf({ users, openInvites }: Branch): string {
  const ids = [...users.map(({ id }) => `user ${id}`), ...openInvites.map(({ id }) => `invite ${id}`)];
  return createHash('sha256').update(ids.toSorted().join('\n')).digest('base64url');
}
