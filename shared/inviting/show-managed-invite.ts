import * as z from 'zod/mini';
import type { Ports } from '../deployment/capability.ts';
import { toIso } from '../http/time.ts';
import type { Invite } from '../invites/invite.ts';
import { inviteResponse, showInvite } from '../invites/show-invite.ts';
import { inviteLinkResponse } from './show-link.ts';
import type { nameUsers } from '../users/name-users.ts';
import { storyResponse } from './funnel.ts';

/** The user who invites; absent for the first administrator's invite. */
const inviterId = z.optional(z.string());

/** An invite in the administrators' list. */
export const listedInviteResponse = z.object({
  ...inviteResponse.shape,
  inviterId,
  /** When it last admitted a user, and whom; no name if that user has deleted the account. */
  usedAt: z.optional(z.string()),
  userId: z.optional(z.string()),
  username: z.optional(z.string()),
});

/** One invite with its link, its story, and a page of its users, under the names that they had when they used it. */
export const usedInviteResponse = z.object({
  ...inviteLinkResponse.shape,
  inviterId,
  /** The story of its present link. */
  story: storyResponse,
  usedBy: z.array(
    z.object({
      userId: z.string(),
      /** null for a user who has deleted the account. */
      username: z.nullable(z.string()),
      /** null for a user who has none, or has deleted the account. */
      email: z.nullable(z.string()),
      /** The name of the registered device, if the invite is for devices. */
      device: z.optional(z.string()),
      at: z.string(),
    }),
  ),
  nextCursor: z.nullable(z.string()),
});

/** Invites with the names of the users whom they admitted last. */
export async function showListedInvites(
  invites: readonly Invite[],
  { people }: Ports<readonly [typeof nameUsers]>,
  now: number,
): Promise<z.input<typeof listedInviteResponse>[]> {
  const names = await people.names(invites.map(({ usedBy }) => usedBy));
  return invites.map((invite) => ({
    ...showInvite(invite, now),
    inviterId: invite.issuerId,
    usedAt: invite.usedAt === undefined ? undefined : toIso(invite.usedAt),
    userId: invite.usedBy,
    username: names.get(invite.usedBy ?? ''),
  }));
}
