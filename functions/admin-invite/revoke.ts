import * as z from 'zod/mini';
import { refusalTexts } from '#shared/inviting/refusal-texts.ts';
import { revokeInvite, revokingInvites } from '#shared/inviting/revoke-invite.ts';
import { inviteResponse, showInvite } from '#shared/invites/show-invite.ts';
import { lostAnswers } from '#shared/errors/lost-answers.ts';
import { idField } from '#shared/http/fields.ts';
import { operation } from '#shared/operation/operation.ts';

export default operation({
  summary: 'Withdraws an invite. Doing it twice is doing it once.',
  method: 'POST',
  path: '/v1/admin/invites/{id}/revoke',
  auth: 'admin',
  params: z.object({ id: idField }),
  response: inviteResponse,
  uses: revokingInvites,
  errors: ['not_found', 'invite_used', 'conflict'],
  rate: [],
  ifLost: lostAnswers.invites,
  async run({ params, caller, clock, request, log, fail, ...tools }) {
    const now = clock.now();
    const by = { actorId: caller.user.id, address: request.address };
    const outcome = await revokeInvite(params.id, by, tools, now);
    if ('refused' in outcome) {
      const isUsed = outcome.refused === 'invite_used';
      return fail(outcome.refused, isUsed ? { explain: refusalTexts.revokeUsed } : {});
    }
    const { invite, wasDone } = outcome;
    if (!wasDone) log.info('invite.revoked', { inviteId: invite.id, userId: caller.user.id });
    return showInvite(invite, now);
  },
});
