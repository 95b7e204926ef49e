import type { ErrorCode } from '../errors/table.ts';
import { provesMailbox, type Channel, type Invite, type InviteStatus } from './invite.ts';

interface Attempt {
  invite: Invite;
  status: InviteStatus;
  channel: Channel;
  /** In the form of `normalizeEmail`. */
  email: string;
  /** Who holds the address and the name already. */
  claims: { email?: { verified?: boolean }; username?: object };
}

/** Why somebody with a genuine link cannot register like this; undefined when nothing is in the way. */
export function registrationRefusal({ invite, status, channel, email, claims }: Attempt) {
  if (status === 'expired') return 'invite_expired';
  if (status === 'used') return 'invite_used';
  if (status === 'revoked') return 'invite_revoked';
  if (invite.kind === 'email' && invite.email !== email) return 'email_mismatch';
  // A claim on an address that nobody has proven yields to whoever proves the mailbox (C68).
  if (claims.email && (claims.email.verified || !provesMailbox(invite, channel, email))) return 'email_taken';
  if (claims.username) return 'username_taken';
  return undefined;
}

export const registrationErrors = [
  'invite_expired',
  'invite_used',
  'invite_revoked',
  'email_mismatch',
  'email_taken',
  'username_taken',
] as const satisfies readonly ErrorCode[];
