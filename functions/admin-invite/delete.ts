import * as z from 'zod/mini';
import { changeInvites } from '#shared/invites/change-invites.ts';
import { listRedemptions } from '#shared/invites/list-redemptions.ts';
import { readInvites } from '#shared/invites/find-invites.ts';
import { inviteIdParams } from '#shared/invites/show-invite.ts';
import { operation } from '#shared/operation/operation.ts';

/** Redemptions that are searched for a user who has not deleted the account. */
const maxRedemptions = 1_000;

export default operation({
  summary: 'Removes an invite for good; its links die, and those who used it stay.',
  method: 'DELETE',
  path: '/v1/admin/invites/{id}',
  auth: 'admin',
  params: inviteIdParams,
  response: z.undefined(),
  status: 204,
  uses: [readInvites, listRedemptions, changeInvites],
  errors: ['not_found', 'invite_used', 'conflict'],
  rate: [],
  async run({ params, caller, invites, redemptions, clock, request, log, fail }) {
    const invite = (await invites.get(params.id)) ?? fail('not_found');
    // Users without a mailbox have no other way back in than the invite that let them in.
    const users = invite.kind === 'device-only' ? await redemptions.of(invite.id, maxRedemptions) : [];
    if (users.some(({ username }) => username !== undefined)) return fail('invite_used');
    const by = { actorId: caller.user.id, address: request.address };
    if (!(await invites.remove(invite, by, clock.now()))) return fail('conflict');
    log.info('invite.deleted', { inviteId: invite.id, userId: caller.user.id });
    return undefined;
  },
});
