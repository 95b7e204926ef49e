import type { Problem } from '#shared/errors/problem.ts';
import type { Stack } from '#local/stack/running-stack.ts';
import { send, type Answered } from '../http/http.ts';
import type { ShownInvite } from '../invites/invites.ts';
import { bringIn, userInvite, verifiedUser } from '../invites/inviting.ts';
import { somebody, type SignedIn } from './people.ts';

export interface Branch {
  users: { id: string; username: string; status: string; invitedBy: string; depth: number }[];
  openInvites: ShownInvite[];
  truncated: boolean;
  preview: string;
}

export const readBranch = (
  stack: Stack,
  { session: { token } }: SignedIn,
  userId: string,
): Promise<Answered<Branch & Problem>> => send(stack, 'GET', `/v1/admin/users/${userId}/branch`, { token });

interface Revoked {
  revokedInvites: number;
  disabledUsers: number;
}

export const revokeBranch = (
  stack: Stack,
  { session: { token } }: SignedIn,
  userId: string,
  json: object,
): Promise<Answered<Revoked & Problem>> =>
  send(stack, 'POST', `/v1/admin/users/${userId}/branch/revoke`, { token, json });

/** A tree of three levels that grew by users' own invites, two of which are still open. */
export async function growTree(stack: Stack, admin: SignedIn) {
  const root = await verifiedUser(stack, admin);
  const [left, right] = [await bringIn(stack, root), await bringIn(stack, root)];
  const middle = await bringIn(stack, left);
  const leaf = await bringIn(stack, middle);
  const [openOfRight, openOfLeaf] = [somebody().email, somebody().email];
  await userInvite(stack, right, openOfRight);
  await userInvite(stack, leaf, openOfLeaf);
  await stack.settle();
  return { root, left, right, middle, leaf, openOfRight, openOfLeaf };
}

export type Tree = Awaited<ReturnType<typeof growTree>>;
