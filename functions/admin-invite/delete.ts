import * as z from 'zod/mini';
import { changeInvites } from '#shared/data/change-invites.ts';
import { readInvites } from '#shared/data/invite-reads.ts';
import { inviteIdParams } from '#shared/http/invite.ts';
import { operation } from '#shared/operation.ts';

export default operation({
  summary: 'Removes an invite for good; its links die, and those who used it stay.',
  method: 'DELETE',
  path: '/v1/admin/invites/{id}',
  auth: 'admin',
  params: inviteIdParams,
  response: z.undefined(),
  status: 204,
  uses: [readInvites, changeInvites],
  errors: ['not_found', 'conflict'],
  rate: [],
  async run({ params, caller, invites, clock, request, log, fail }) {
    const invite = (await invites.get(params.id)) ?? fail('not_found');
    const by = { actorId: caller.user.id, address: request.address };
    if (!(await invites.remove(invite, by, clock.now()))) return fail('conflict');
    log.info('invite.deleted', { inviteId: invite.id, userId: caller.user.id });
    return undefined;
  },
});
