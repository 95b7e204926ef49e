import { displayName, type User } from '../users/user.ts';
import { expiryOf, type Invite } from './invite.ts';
import { inviteStates, type InviteStatus } from './states.ts';

/**
 * The same invite with a new link and a new life, and another address if the first was wrong. Links and codes of the generation before
 * no longer work.
 */
export function reissued(invite: Invite, mailed: boolean, now: number, email = invite.email): Invite {
  const {
    delivery: _delivery,
    codeKey: _codeKey,
    ownCode: _ownCode,
    renewedFrom: _renewedFrom,
    // The story of a link ends with the link. The users whom it admitted stay.
    sentAt: _sentAt,
    deliveredAt: _deliveredAt,
    troubleAt: _troubleAt,
    deliveryReason: _deliveryReason,
    mayHaveArrived: _mayHaveArrived,
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

/** The invite as if `issuer` had made it now: they grant it from now on, in place of the first issuer. */
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

/** Whether the invite is the only way back in of a user without a mailbox, whom it has admitted or will move to another device. */
export const isWayBack = ({ kind, uses, recovers }: Invite): boolean =>
  kind === 'device-only' && (uses > 0 || recovers !== undefined);

/** The invite that the holder of its expired link gets again: by mail only, and without a code. */
export const renewed = (invite: Invite, now: number): Invite => ({
  ...reissued(invite, true, now),
  renewedFrom: invite.renewedFrom ?? invite.generation,
});
