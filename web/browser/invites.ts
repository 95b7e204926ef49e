import type createInvites from '#functions/admin-invite/create.ts';
import type listInvites from '#functions/admin-invite/list.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';

/** One row of the list. */
export type Invite = AnswerOf<typeof listInvites>['items'][number];

/** The part that the panel shows of a row in the answer to creating. */
export type Created = Pick<
  AnswerOf<typeof createInvites>['invites'][number],
  'email' | 'url' | 'code' | 'result' | 'reason'
>;

/** What can be done to an invite: see its link again, give it a new one, or withdraw it. */
export type Action = 'show' | 'reissue' | 'revoke';
