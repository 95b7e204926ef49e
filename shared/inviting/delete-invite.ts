import type { Actor } from '../audit/write-audit.ts';
import type { Ports } from '../deployment/capability.ts';
import { deleteInvites } from '../invites/change-invites.ts';
import { readInvites } from '../invites/find-invites.ts';
import { listRedemptions } from '../invites/list-redemptions.ts';
import type { Outcome } from './outcome.ts';

export const deletingInvites = [readInvites, listRedemptions, deleteInvites] as const;

/** Redemptions that are searched for a user who has not deleted the account. */
const maxRedemptions = 1_000;

/** Deletes an invite for good. Its links no longer work, and its users stay. */
export async function deleteInvite(
  id: string,
  by: Actor,
  { invites, redemptions }: Ports<typeof deletingInvites>,
  now: number,
): Promise<Outcome<'not_found' | 'invite_used' | 'conflict'>> {
  const invite = await invites.get(id);
  if (!invite) return { refused: 'not_found' };
  // Users without a mailbox have no other way back in than the invite that let them in.
  const users = invite.kind === 'device-only' ? (await redemptions.of(id, maxRedemptions)).items : [];
  if (users.some(({ username }) => username !== undefined)) return { refused: 'invite_used' };
  if (await invites.remove(invite, by, now)) return { invite, wasDone: false };
  return { refused: (await invites.get(id)) ? 'conflict' : 'not_found' };
}
