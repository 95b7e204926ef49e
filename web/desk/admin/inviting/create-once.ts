import type createInvites from '#functions/admin-invite/create.ts';
import type { AnswerOf } from '#shared/operation/operation.ts';
import type { InviteWish } from '#shared/inviting/group-people.ts';
import { call } from '../../../browser/api.ts';
import { invitesPath } from '../invites/invite.ts';

/** Wishes whose answer has not come, with their keys: the same wish again is the same request. */
const unanswered = new Map<string, string>();

/** Creates what is wished for; sent again without having been answered, it is created once, and answered as at first. */
export async function createOnce(wish: InviteWish): Promise<AnswerOf<typeof createInvites>['invites']> {
  const text = JSON.stringify(wish);
  const key = unanswered.get(text) ?? crypto.randomUUID();
  unanswered.set(text, key);
  const headers = { 'idempotency-key': key };
  const { invites } = await call<typeof createInvites>('POST', invitesPath, wish, headers);
  unanswered.delete(text);
  return invites;
}
