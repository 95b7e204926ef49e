import type * as z from 'zod/mini';
import type { inviteResponse } from '#shared/invites/show-invite.ts';

/** An invite as the list shows it. */
export type ShownInvite = z.output<typeof inviteResponse>;

export const inviteHead = ['ID', 'STATUS', 'KIND', 'ROLE', 'USES', 'EXPIRES', 'DELIVERY', 'EMAIL', 'NOTE'];

/** An invite in the columns of `inviteHead`. */
export const inviteRow = (invite: ShownInvite): string[] => [
  invite.id,
  invite.status,
  invite.kind,
  invite.role,
  `${invite.uses}/${invite.maxUses}`,
  invite.expiresAt?.slice(0, 16) ?? 'never',
  invite.delivery ?? '-',
  invite.email ?? '-',
  invite.note ?? '',
];
