import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { inBatches } from '../batches.ts';
import type { Ports } from '../deployment/capability.ts';
import type { readBranches } from '../invites/issued-invites.ts';
import type { Invite } from '../invites/invite.ts';
import { userStatuses, type User } from '../users/user.ts';

/** Most users, and most invites, that one preview of a branch holds; a larger branch is revoked in several steps. */
const previewSize = 200;

/** Most people whose own guests are looked for, so that the work is bounded. */
const mostPeople = 5_000;

/** People whose guests are looked for at a time. */
const atOnce = 10;

/** The users that a user has brought in, directly or through others, and the invites of all of them that can be withdrawn. */
export interface Branch {
  users: {
    id: string;
    username: string | null;
    status: User['status'] | null;
    invitedBy: string;
    depth: number;
  }[];
  /** Includes expired invites, which can be renewed (C96). */
  invites: Invite[];
  /** Whether the branch has more than the preview holds. */
  truncated: boolean;
}

type Tools = Ports<readonly [typeof readBranches]>;

/** Reads the branch below a user, level by level; active users come first. */
export async function readBranch(rootId: string, { branches }: Tools): Promise<Branch> {
  const [people, invites]: [Omit<Branch['users'][number], 'username' | 'status'>[], Invite[]] = [[], []];

  async function show(isCut: boolean): Promise<Branch> {
    const known = await branches.users(people.map(({ id }) => id));
    const named = people.map((one, at) => ({
      ...one,
      username: known[at]?.username ?? null,
      status: known[at]?.status ?? null,
    }));
    const isActive = (_: object, at: number) => known[at]?.status === 'active';
    // Users whom an earlier step of revoking has disabled come last, to make room for those of the next step.
    const users = [...named.filter(isActive), ...named.filter((one, at) => !isActive(one, at))];
    return {
      users: users.slice(0, previewSize),
      invites: invites.slice(0, previewSize),
      truncated: isCut || users.length > previewSize || invites.length > previewSize,
    };
  }

  const seen = new Set([rootId]);
  let truncated = false;
  let level = [rootId];
  for (let depth = 1; level.length > 0; depth += 1) {
    const parts = await inBatches(level, atOnce, async (id) => ({
      invitedBy: id,
      ...(await branches.under(id, mostPeople)),
    }));
    level = [];
    for (const part of parts) {
      truncated ||= part.more;
      invites.push(...part.invites);
      // A user who moves to another device may stand twice in the index for a moment.
      for (const id of new Set(part.people.filter((one) => !seen.has(one)))) {
        if (people.length === mostPeople) return show(true);
        seen.add(id);
        people.push({ id, invitedBy: part.invitedBy, depth });
        level.push(id);
      }
    }
  }
  return show(truncated);
}

/** A digest of a preview's ids. Revoking compares it, so that it changes only what the preview has shown. */
export function digestOf({ users, invites }: Branch): string {
  const ids = [...users.map(({ id }) => `user ${id}`), ...invites.map(({ id }) => `invite ${id}`)];
  return createHash('sha256').update(ids.toSorted().join('\n')).digest('base64url');
}

/** The users of a branch. */
export const branchResponse = z.object({
  users: z.array(
    z.object({
      id: z.string(),
      /** null: the user has deleted the account. */
      username: z.nullable(z.string()),
      /** null: the user has deleted the account. */
      status: z.nullable(z.enum(userStatuses)),
      invitedBy: z.string(),
      /** 1: invited by the user at the root. */
      depth: z.int(),
    }),
  ),
  truncated: z.boolean(),
  /** A digest of this preview, which revoking the branch must name. */
  preview: z.string(),
});
