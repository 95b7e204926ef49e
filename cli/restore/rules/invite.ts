import { mailboxOf, type Invite } from '#shared/invites/invite.ts';

/** Fields that say what happened to an invite after its link was out. */
const progress = [
  'usedAt',
  'usedBy',
  'openedAt',
  'sentAt',
  'deliveredAt',
  'troubleAt',
  'delivery',
  'deliveryReason',
  'mayHaveArrived',
  'renewedFrom',
  'firstAppSignInAt',
  'firstRelayAt',
] as const satisfies readonly (keyof Invite)[];

/** The row also says when DynamoDB may delete it. A used invite whose users have no mailbox has no such time. */
type StoredInvite = Invite & { ttl?: number };

/**
 * The earlier invite, with the uses and the withdrawal of the present one. A new link since has ended the earlier link, so the
 * present invite counts as a whole. If the address of the user was removed since, it stays removed.
 */
function mergeInvite(then: StoredInvite, now: StoredInvite): Invite {
  if (now.generation > then.generation) return now;
  const isSame = now.generation === then.generation;
  const uses = Math.max(then.uses, now.uses);
  const state = now.state === 'active' ? then.state : now.state;
  const merged: Invite = {
    ...then,
    ...(isSame && {
      ...Object.fromEntries(progress.map((name) => [name, now[name] ?? then[name]])),
      ttl: now.ttl,
      email: now.state === 'used' ? now.email : then.email,
    }),
    role: now.role === 'admin' ? then.role : now.role,
    uses,
    state: state === 'active' && uses >= then.maxUses ? 'used' : state,
  };
  // An invite that has ended waits for no mail any more.
  const waits = now.state === 'active' || now.delivery !== undefined;
  return isSame && !waits ? without(merged, 'delivery') : merged;
}

/** The merged invite, without the texts about its guest if the guest has left. */
export const keptInvite = (then: StoredInvite, now: StoredInvite, people: ReadonlySet<string>): Invite =>
  withoutGuest(mergeInvite(then, now), now.usedBy, people);

/** What the trail says about an invite whose row is lost. */
export interface Doings {
  used: boolean;
  /** The id of its last user. */
  usedBy?: string | undefined;
  /** Whether it got a new link, which is lost with its row, or was withdrawn. */
  ended: boolean;
}

/**
 * An invite whose row was lost. It lets in no one whom it could not let in before the loss. If its user has left, their address
 * and the texts about them are left out.
 */
export function lostInvite(then: Invite, doings: Doings, people: ReadonlySet<string>): Invite {
  const invite = endedInvite(then, doings);
  const guest = then.usedBy ?? doings.usedBy;
  const hasLeft = invite.state !== 'active' && guest !== undefined && !people.has(guest);
  const nameless = hasLeft && mailboxOf(invite) !== undefined ? without(invite, 'email') : invite;
  return withoutGuest(nameless, guest, people);
}

function endedInvite(then: Invite, { used, ended }: Doings): Invite {
  if (then.state !== 'active' || !(used || ended)) return then;
  // How often an invite for several people was used is lost with its row. An administrator gives it a new link.
  return ended || then.maxUses > 1 ? { ...then, state: 'revoked' } : { ...then, state: 'used', uses: 1 };
}

/** An invite, without the name of its sender if the sender has left. */
export const namedBy = (invite: Invite, people: ReadonlySet<string>): Invite =>
  invite.issuerId === undefined || people.has(invite.issuerId) ? invite : without(invite, 'issuerName');

/** An invite, without the texts about its guest if it is for one person and that guest has left. */
const withoutGuest = (invite: Invite, guest: string | undefined, people: ReadonlySet<string>): Invite =>
  invite.maxUses === 1 && guest !== undefined && !people.has(guest)
    ? without(without(invite, 'note'), 'message')
    : invite;

function without(invite: Invite, name: 'email' | 'issuerName' | 'note' | 'message' | 'delivery'): Invite {
  const { [name]: _, ...rest } = invite;
  return rest;
}
