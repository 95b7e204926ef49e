import type { Actor } from '../audit/write-audit.ts';
import type { Ports } from '../deployment/capability.ts';
import { revokeInvites } from '../invites/change-invites.ts';
import { readInvites } from '../invites/find-invites.ts';
import { inviteStatus } from '../invites/invite.ts';
import { inviteStates } from '../invites/states.ts';
import type { Outcome } from './outcome.ts';

export const revokingInvites = [readInvites, revokeInvites] as const;

/** Withdraws an invite. */
export async function revokeInvite(
  id: string,
  by: Actor,
  { invites }: Ports<typeof revokingInvites>,
  now: number,
): Promise<Outcome<'not_found' | 'invite_used' | 'conflict'>> {
  const invite = await invites.get(id);
  if (!invite) return { refused: 'not_found' };
  const { revoke } = inviteStates[inviteStatus(invite, now)];
  if (revoke === 'done-before') return { invite, wasDone: true };
  if (revoke !== 'done') return revoke;
  if (await invites.revoke(invite, by, now))
    return { invite: { ...invite, state: 'revoked' }, wasDone: false };
  const latest = await invites.get(id);
  return latest?.state === 'revoked' ? { invite: latest, wasDone: true } : { refused: 'conflict' };
}
