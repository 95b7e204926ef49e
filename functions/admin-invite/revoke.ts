import { revokeInvites } from '#shared/invites/change-invites.ts';
import { inviteStatus } from '#shared/invites/invite.ts';
import { inviteStates } from '#shared/invites/states.ts';
import { readInvites } from '#shared/invites/find-invites.ts';
import { inviteIdParams, inviteResponse, showInvite } from '#shared/invites/show-invite.ts';
import { operation } from '#shared/operation/operation.ts';

export default operation({
  summary: 'Withdraws an invite. Doing it twice is doing it once.',
  method: 'POST',
  path: '/v1/admin/invites/{id}/revoke',
  auth: 'admin',
  params: inviteIdParams,
  response: inviteResponse,
  uses: [readInvites, revokeInvites],
  errors: ['not_found', 'invite_used', 'conflict'],
  rate: [],
  async run({ params, caller, invites, clock, request, log, fail }) {
    const now = clock.now();
    const invite = (await invites.get(params.id)) ?? fail('not_found');
    const { revoke } = inviteStates[inviteStatus(invite, now)];
    if (revoke === 'done-before') return showInvite(invite, now);
    if (revoke !== 'done') return fail(revoke.refused);
    const by = { actorId: caller.user.id, address: request.address };
    if (!(await invites.revoke(invite, by, now))) {
      const latest = await invites.get(invite.id);
      return latest?.state === 'revoked' ? showInvite(latest, now) : fail('conflict');
    }
    log.info('invite.revoked', { inviteId: invite.id, userId: caller.user.id });
    return showInvite({ ...invite, state: 'revoked' }, now);
  },
});
