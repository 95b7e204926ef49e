import { mailboxOf, type Invite } from '#shared/invites/invite.ts';

/** What becomes of an invite once its link is out. */
const progress = [
  'usedAt',
  'usedBy',
  'openedAt',
  'sentAt',
  'deliveredAt',
  'troubleAt',
  'delivery',
  'deliveryReason',
  'renewedFrom',
  'firstAppSignInAt',
  'firstRelayAt',
] as const satisfies readonly (keyof Invite)[];

/** Its row also says when it may be forgotten: an invite whose users have no mailbox never is, once it was used. */
type StoredInvite = Invite & { ttl?: number };

/**
 * An invite as it was, used and withdrawn as it is now. A new link since ends that of then, and with it all that it was; the address
 * of whoever has used it stays away, where it was taken out since.
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
  // One that is over waits for no mail any more.
  const waits = now.state === 'active' || now.delivery !== undefined;
  return isSame && !waits ? without(merged, 'delivery') : merged;
}

/** The same, without what was written about its guest, where they have left. */
export const keptInvite = (then: StoredInvite, now: StoredInvite, people: ReadonlySet<string>): Invite =>
  withoutGuest(mergeInvite(then, now), now.usedBy, people);

/** What the trail tells that was done with an invite whose row is lost. */
export interface Doings {
  used: boolean;
  /** By whom, last. */
  usedBy?: string | undefined;
  /** Whether it got a new link, which is lost with its row, or was withdrawn. */
  ended: boolean;
}

/**
 * An invite whose row was lost, so that it lets in nobody whom it could not let in before, and without the address of who has used it
 * and left, and what was written about them.
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
  // How many have used one for several is lost: an administrator gives it a new link.
  return ended || then.maxUses > 1 ? { ...then, state: 'revoked' } : { ...then, state: 'used', uses: 1 };
}

/** An invite without the name of its sender, where they have left. */
export const namedBy = (invite: Invite, people: ReadonlySet<string>): Invite =>
  invite.issuerId === undefined || people.has(invite.issuerId) ? invite : without(invite, 'issuerName');

/** An invite for one without what was written about its guest, where they have left. */
const withoutGuest = (invite: Invite, guest: string | undefined, people: ReadonlySet<string>): Invite =>
  invite.maxUses === 1 && guest !== undefined && !people.has(guest)
    ? without(without(invite, 'note'), 'message')
    : invite;

function without(invite: Invite, name: 'email' | 'issuerName' | 'note' | 'message' | 'delivery'): Invite {
  const { [name]: _, ...rest } = invite;
  return rest;
}
