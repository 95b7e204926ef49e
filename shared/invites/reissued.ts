import { displayName, type User } from '../users/user.ts';
import { expiryOf, type Invite } from './invite.ts';
import { inviteStates, type InviteStatus } from './states.ts';

/**
 * The same invite with a new link and a new life, for another address where the first was wrong; links and codes of
 * the generation before are dead.
 */
export function reissued(invite: Invite, mailed: boolean, now: number, email = invite.email): Invite {
  const {
    delivery: _delivery,
    codeKey: _codeKey,
    ownCode: _ownCode,
    renewedFrom: _renewedFrom,
    // The story of a link ends with it; whom it let in stays in.
    sentAt: _sentAt,
    deliveredAt: _deliveredAt,
    troubleAt: _troubleAt,
    deliveryReason: _deliveryReason,
    openedAt: _openedAt,
    ...kept
  } = invite;
  return {
    ...kept,
    ...(email !== undefined && { email }),
    state: 'active',
    generation: invite.generation + 1,
    reissuedAt: now,
    expiresAt: expiryOf(invite.days, now),
    ...(mailed && { delivery: 'pending' }),
  };
}

/** The invite as if `issuer` had made it now. Whoever gives a new link to what its first issuer may grant no more grants it. */
export const takenOver = (invite: Invite, issuer: User, now: number): Invite => ({
  ...invite,
  issuerId: issuer.id,
  issuerName: displayName(issuer),
  createdAt: now,
  takenOver: true,
});

/** A used invite for one device that got a new link (`reissued`), for the same user on another device. */
export const recovering = (fresh: Invite, userId: string, issuer: User, now: number): Invite => ({
  ...takenOver(fresh, issuer, now),
  uses: 0,
  recovers: userId,
});

/** Whether a used invite can move its user to a new device. Users without a mailbox have no other way back in. */
export const isRecoverable = ({
  kind,
  state,
  maxUses,
}: Pick<Invite, 'kind' | 'maxUses'> & { state: InviteStatus }): boolean =>
  kind === 'device-only' && maxUses === 1 && inviteStates[state].reissue !== 'done';

/** Whether somebody without a mailbox comes in again by the invite alone: it has let them in, or is to move them. */
export const isWayBack = ({ kind, uses, recovers }: Invite): boolean =>
  kind === 'device-only' && (uses > 0 || recovers !== undefined);

/** The invite as the holder of its expired link gets it again: by mail alone, and without a code. */
export const renewed = (invite: Invite, now: number): Invite => ({
  ...reissued(invite, true, now),
  renewedFrom: invite.renewedFrom ?? invite.generation,
});
