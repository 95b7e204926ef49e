import type listInvites from '#functions/admin-invite/list.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';

/** An invite as the list shows it. */
export type ShownInvite = AnswerOf<typeof listInvites>['items'][number];

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
