import type { Ports } from '../deployment/capability.ts';
import type { Settings } from '../deployment/settings.ts';
import { renewInvites } from '../invites/change-invites.ts';
import { readInvites } from '../invites/find-invites.ts';
import { deriveCodes, findCodes } from '../invites/invite-codes.ts';
import { checkInvitees } from '../invites/invitees.ts';
import { grantsMore, inviteStatus, mailboxOf, mayGrant, type Invite } from '../invites/invite.ts';
import { listRedemptions } from '../invites/list-redemptions.ts';
import { isRecoverable, recovering, reissued, takenOver } from '../invites/reissued.ts';
import { inviteStates } from '../invites/states.ts';
import { isTrouble } from '../mail/delivery.ts';
import { readUsers } from '../users/read-users.ts';
import type { User } from '../users/user.ts';
import type { Outcome } from './outcome.ts';
import { renewalRefusals } from './refusal-texts.ts';

export const reissuingInvites = [
  readInvites,
  checkInvitees,
  readUsers,
  listRedemptions,
  renewInvites,
  deriveCodes,
  findCodes,
] as const;

interface Wanted {
  id: string;
  /** Whether the new link goes out by mail, if the invite is for an address. */
  send: boolean;
  /** Corrects the address. */
  email?: string | undefined;
  /** Whether the caller has just confirmed their identity; `asksConfirmation` tells when that is needed. */
  isConfirmed: boolean;
  /** An invite that got its link since this time is left as it is; milliseconds. */
  unlessSince?: number;
}

/** Why an invite gets no new link. */
export type ReissueRefusal =
  'not_found' | 'reauthentication_required' | 'invite_used' | 'invalid' | 'email_taken' | 'conflict';

type Tools = Ports<typeof reissuingInvites> & { settings: Settings };

/** Whether the new link revives an invite that makes an administrator. Like a new invite, this needs more than an old session (C94). */
export function asksConfirmation(invite: Invite, now: number): boolean {
  const status = inviteStatus(invite, now);
  const isRevived = inviteStates[status].reissue === 'done' || isRecoverable(invite);
  return invite.role === 'admin' && status !== 'active' && isRevived;
}

/**
 * Gives an invite a new link and a new life; the old link no longer works. A used invite for one device moves its user to another.
 * @returns `invalid` if an address is given for an invite without a mailbox.
 */
export async function reissueInvite(
  { id, send, email, isConfirmed, unlessSince = Infinity }: Wanted,
  caller: User,
  address: string,
  { invites, invitees, users, redemptions, codes, settings }: Tools,
  now: number,
): Promise<Outcome<ReissueRefusal>> {
  const invite = await invites.get(id);
  if (!invite) return { refused: 'not_found' };
  const mailed = (one: Invite) => send && mailboxOf(one) !== undefined && settings.mailFrom !== null;
  const wasDone = (one: Invite) => isFresh(one, unlessSince) && (isOnItsWay(one) || !mailed(one));
  if (wasDone(invite)) return { invite, wasDone: true };
  const [redeemer] = isRecoverable(invite) ? (await redemptions.of(id, 1)).items : [];
  const status = inviteStatus(invite, now);
  const { reissue } = inviteStates[status];
  if (reissue !== 'done' && !redeemer) return { refused: reissue.unlessRecovering };
  if (asksConfirmation(invite, now) && !isConfirmed) return { refused: 'reauthentication_required' };
  // The invite moves its user and makes no new one. If that user has deleted the account, the new link would admit no one.
  const moved = redeemer?.userId ?? invite.recovers;
  if (moved !== undefined && !(await users.get(moved))) return { refused: 'invite_used' };
  if (email !== undefined && mailboxOf(invite) === undefined) return { refused: 'invalid' };
  const fresh = reissued(invite, mailed(invite), now, email);
  if (await invitees.isForMember(fresh)) return { refused: 'email_taken' };
  // A member's own invite for the same address stays theirs. The caller grants every other one (C91).
  const isSame = invite.state === 'active' && fresh.email === invite.email && !grantsMore(invite);
  const issuer = isSame && invite.issuerId !== undefined && (await users.get(invite.issuerId));
  const kept = issuer && mayGrant(issuer, invite) ? fresh : takenOver(fresh, caller, now);
  const draft = redeemer ? recovering(fresh, redeemer.userId, caller, now) : kept;
  const next = { ...draft, codeKey: await codes.keyOf(await codes.derive(draft)) };
  const by = { actorId: caller.id, address };
  const refused = await invites.renew(invite, next, by, now);
  if (!refused) return { invite: next, wasDone: false };
  const latest = await invites.get(id);
  if (latest && wasDone(latest)) return { invite: latest, wasDone: true };
  return { refused: 'conflict', detail: renewalRefusals[refused] };
}

const isFresh = ({ state, reissuedAt = 0 }: Invite, since: number): boolean =>
  state === 'active' && reissuedAt >= since;

/** A new link that was only shown did not reach a guest who should get it by mail, nor did one whose mail came to nothing. */
const isOnItsWay = ({ delivery }: Invite): boolean => delivery !== undefined && !isTrouble(delivery);
