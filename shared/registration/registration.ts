import type { Settings } from '../deployment/settings.ts';
import type { ErrorCode } from '../errors/table.ts';
import { isFor, provesMailbox, type Channel, type Invite } from '../invites/invite.ts';
import { inviteStates, stateRefusals, type InviteStatus } from '../invites/states.ts';

export const registrationErrors = [
  ...stateRefusals,
  'email_mismatch',
  'email_taken',
  'username_taken',
] as const satisfies readonly ErrorCode[];
export type RegistrationError = (typeof registrationErrors)[number];

/**
 * Whether a captcha comes before everything else, so that programs cannot list which names are taken and which addresses are
 * invited: always if the deployment is set so, and for each registration without an invite unless captchas are off (R2.7).
 */
export const wantsCaptcha = (
  { captcha, registration }: Pick<Settings, 'captcha' | 'registration'>,
  isInvited: boolean,
): boolean => captcha === 'always' || (captcha === 'auto' && registration === 'open' && !isInvited);

/** Why an invite in this state is refused; undefined when it is accepted. */
export function statusRefusal(status: InviteStatus): RegistrationError | undefined {
  return inviteStates[status].refusal ?? undefined;
}

interface Attempt {
  invite: Invite;
  status: InviteStatus;
  channel: Channel;
  /** In the form of `normalizeEmail`. */
  email: string;
  /** The present claims on the address and the name. */
  claims: { email?: { verified?: boolean }; username?: object };
}

/** Why a genuine invite does not let this person register; undefined when it does. */
export function registrationRefusal({
  invite,
  status,
  channel,
  email,
  claims,
}: Attempt): RegistrationError | undefined {
  const refusal = statusRefusal(status);
  if (refusal) return refusal;
  if (!isFor(invite, email)) return 'email_mismatch';
  // An unproven claim on an address yields to the person who proves the mailbox (C68).
  if (claims.email && (claims.email.verified || !provesMailbox(invite, channel, email))) return 'email_taken';
  return claims.username ? 'username_taken' : undefined;
}
