import type createInvites from '#functions/admin-invite/create.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import type { InviteWish } from '#shared/inviting/group-people.ts';
import { call } from '../../../browser/api.ts';
import { invitesPath } from '../invites/invite.ts';

/** Requests without an answer yet, with their keys. The same body sent again gets the same key. */
const unanswered = new Map<string, string>();

/**
 * Creates invites. If the same body is sent again because no answer came, the invites are created only once, and the first
 * answer comes again.
 */
export async function createOnce(wish: InviteWish): Promise<AnswerOf<typeof createInvites>['invites']> {
  const text = JSON.stringify(wish);
  const key = unanswered.get(text) ?? crypto.randomUUID();
  unanswered.set(text, key);
  const headers = { 'idempotency-key': key };
  const { invites } = await call<typeof createInvites>('POST', invitesPath, wish, headers);
  unanswered.delete(text);
  return invites;
}
