import type { Ports } from './capability.ts';
import type { readInvites } from './data/invite-reads.ts';
import { inviteStatus, type Channel, type Invite, type InviteStatus } from './domain/invite.ts';
import { parseInviteToken } from './domain/invite-token.ts';
import type { ErrorCode } from './errors/table.ts';
import type { checkTokens } from './keys/invite-tokens.ts';

/** What a token turned out to be. Only a genuine one learns anything about its invite. */
export type Inspection = { status: 'invalid' } | { status: InviteStatus; invite: Invite; channel: Channel };

/** Looks at the invite of a token without changing anything. Unknown ids cost no KMS call. */
export async function inspectInvite(
  text: string,
  { invites, tokens }: Ports<readonly [typeof readInvites, typeof checkTokens]>,
  now: number,
): Promise<Inspection> {
  const token = parseInviteToken(text);
  const invite = token && (await invites.get(token.id));
  const channel = invite && (await tokens.channel(invite, token.mac));
  return channel ? { status: inviteStatus(invite, now), invite, channel } : { status: 'invalid' };
}

/** The error that says why an invite lets nobody in. */
export const refusalOf = {
  invalid: 'invite_invalid',
  expired: 'invite_expired',
  used: 'invite_used',
  revoked: 'invite_revoked',
} as const satisfies Record<Exclude<Inspection['status'], 'active'>, ErrorCode>;

export const inviteRefusals = Object.values(refusalOf);
