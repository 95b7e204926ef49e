import type createInvites from '#functions/admin-invite/create.ts';
import type listInvites from '#functions/admin-invite/list.ts';
import type readInvite from '#functions/admin-invite/read.ts';
import { inviteStates, type InviteStatus } from '#shared/invites/states.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import type { inviteLinkTexts } from '../../../texts/invite-links.ts';
import type { inviteStateTexts } from '../../../texts/invite-states.ts';
import type { inviteKindTexts } from '../../../texts/invite-kinds.ts';
import type { inviteListTexts } from '../../../texts/invites.ts';
import type { TextOf } from '../../kit/texts.ts';
import { told } from '../../kit/told.ts';

export const invitesPath = '/v1/admin/invites';
export const pathOf = (id: string): string => `${invitesPath}/${id}`;

/** An invite as the list shows it. */
export type Listed = AnswerOf<typeof listInvites>['items'][number] & {
  /** Whether the invite was reissued since the list was read, so that neither its expiry nor its issuer is known here. */
  isRenewed?: boolean;
};
/** One invite with its link, its story, and who used it. */
export type ReadInvite = AnswerOf<typeof readInvite>;
/** The result of one line of the request. */
export type Created = AnswerOf<typeof createInvites>['invites'][number];

export type InviteTables = typeof inviteListTexts &
  typeof inviteKindTexts &
  typeof inviteStateTexts &
  typeof inviteLinkTexts;
export type InviteTexts = TextOf<InviteTables>;

/** Facts about the deployment for the pages of invites. */
export interface InviteFacts {
  sendsMail: boolean;
}

/** Whether an administrator can withdraw an invite of this status or give it a new link, whatever its kind. */
export const mayWithdraw = (status: InviteStatus): boolean => inviteStates[status].revoke === 'done';
export const mayReissue = (status: InviteStatus): boolean => inviteStates[status].reissue === 'done';

/** Whom an invite is for, as far as its guests may see: notes are for administrators. */
export const guestOf = ({ email, kind }: Pick<Listed, 'email' | 'kind'>, t: InviteTexts): string =>
  email ?? t(kind);

/** Whom an invite is for, in a few words: names its row and its buttons. */
export const whoOf = (
  { email, kind, note }: Pick<Listed, 'email' | 'kind' | 'note'>,
  t: InviteTexts,
): string => email ?? told(t(kind), note);

/** A row updated from an answer. What the answer leaves out of mail and issuer no longer applies. */
export function updated(
  { delivery: _delivery, deliveryReason: _reason, isRenewed: _isRenewed, inviterId, ...before }: Listed,
  now: Partial<Listed>,
): Listed {
  const isSameIssuer = now.inviter === before.inviter;
  return { ...before, ...(isSameIssuer && inviterId !== undefined && { inviterId }), ...now };
}
