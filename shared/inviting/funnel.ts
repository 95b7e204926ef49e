import * as z from 'zod/mini';
import { toIsoOrNull } from '../http/time.ts';
import { isOpen, inviteStatus, type Invite } from '../invites/invite.ts';
import type { InviteProgress } from '../invites/read-funnels.ts';
import { recordOf } from '../record-of.ts';
import { funnelStages, storyStages } from './stages.ts';

/** How many invites have reached each stage, and how many users they admitted: more, if one invite admits many. */
export const funnelResponse = z.object({
  ...recordOf(funnelStages, () => z.int()),
  people: z.int(),
});
export type Funnel = z.output<typeof funnelResponse>;

const noInvites: Funnel = { ...recordOf(funnelStages, () => 0), people: 0 };

/** Which stages an invite has reached. Invites of an earlier release have no time of their use. */
function reached(invite: InviteProgress, now: number): Record<(typeof funnelStages)[number], boolean> {
  const { delivery = 'pending', uses, usedAt } = invite;
  const registered = uses > 0 || usedAt !== undefined;
  return {
    made: true,
    sent: !['pending', 'failed'].includes(delivery),
    delivered: ['delivered', 'complained'].includes(delivery),
    bounced: delivery === 'bounced',
    formOpened: registered || invite.openedAt !== undefined,
    registered,
    firstAppSignIn: invite.firstAppSignInAt !== undefined,
    firstRelayCall: invite.firstRelayAt !== undefined,
    expired: inviteStatus(invite, now) === 'expired',
    revoked: inviteStatus(invite, now) === 'revoked',
    open: isOpen(invite, now),
  };
}

function add(funnel: Funnel, invite: InviteProgress, now: number): void {
  const stage = reached(invite, now);
  for (const name of funnelStages) funnel[name] += Number(stage[name]);
  funnel.people += invite.uses;
}

/** The funnel of all invites. */
export function funnelOf(invites: readonly InviteProgress[], now: number): Funnel {
  const funnel = { ...noInvites };
  for (const invite of invites) add(funnel, invite, now);
  return funnel;
}

/** The funnel of each label, in the order in which the invites name them. */
export function funnelsByLabel(invites: readonly InviteProgress[], now: number): Map<string, Funnel> {
  const funnels = new Map<string, Funnel>();
  for (const invite of invites) {
    if (invite.label === undefined) continue;
    const funnel = funnels.get(invite.label) ?? { ...noInvites };
    funnels.set(invite.label, funnel);
    add(funnel, invite, now);
  }
  return funnels;
}

/** When an invite reached each stage; null if it has not, or if the time is not known. */
export const storyResponse = z.object(recordOf(storyStages, () => z.nullable(z.string())));

/** The story of an invite and its present link. */
export function storyOf(invite: Invite): z.output<typeof storyResponse> {
  const mishap = (name: Invite['delivery']) =>
    toIsoOrNull(invite.delivery === name ? invite.troubleAt : undefined);
  return {
    made: toIsoOrNull(invite.createdAt),
    sent: toIsoOrNull(invite.sentAt),
    delivered: toIsoOrNull(invite.deliveredAt),
    bounced: mishap('bounced'),
    complained: mishap('complained'),
    failed: mishap('failed'),
    formOpened: toIsoOrNull(invite.openedAt),
    registered: toIsoOrNull(invite.usedAt),
    firstAppSignIn: toIsoOrNull(invite.firstAppSignInAt),
    firstRelayCall: toIsoOrNull(invite.firstRelayAt),
  };
}
