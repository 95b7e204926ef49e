import type { Invite } from '#shared/invites/invite.ts';

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

/** An invite as it was, used and withdrawn as it is now. A new link since ends that of then, and with it all that it was. */
export function mergeInvite(then: StoredInvite, now: StoredInvite): Invite {
  if (now.generation > then.generation) return now;
  const uses = Math.max(then.uses, now.uses);
  const state = now.state === 'active' ? then.state : now.state;
  return {
    ...then,
    ...(now.generation === then.generation && {
      ...Object.fromEntries(progress.map((name) => [name, now[name] ?? then[name]])),
      ttl: now.ttl,
    }),
    role: now.role === 'admin' ? then.role : now.role,
    uses,
    state: state === 'active' && uses >= then.maxUses ? 'used' : state,
  };
}

/** What the trail tells that was done with an invite whose row is lost. */
export interface Doings {
  used: boolean;
  /** Whether it got a new link, which is lost with its row, or was withdrawn. */
  ended: boolean;
}

/** An invite whose row was lost, so that it lets in nobody whom it could not let in before. */
export function lostInvite(then: Invite, { used, ended }: Doings): Invite {
  if (then.state !== 'active' || !(used || ended)) return then;
  // How many have used one for several is lost: an administrator gives it a new link.
  return ended || then.maxUses > 1 ? { ...then, state: 'revoked' } : { ...then, state: 'used', uses: 1 };
}
