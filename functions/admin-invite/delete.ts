import * as z from 'zod/mini';
import { refusalTexts } from '#shared/inviting/refusal-texts.ts';
import { deleteInvite, deletingInvites } from '#shared/inviting/delete-invite.ts';
import { lostAnswers } from '#shared/errors/lost-answers.ts';
import { idField } from '#shared/http/fields.ts';
import { operation } from '#shared/operation/operation.ts';

export default operation({
  summary: 'Removes an invite for good; its links die, and those who used it stay.',
  method: 'DELETE',
  path: '/v1/admin/invites/{id}',
  auth: 'admin',
  params: z.object({ id: idField }),
  response: z.undefined(),
  status: 204,
  uses: deletingInvites,
  errors: ['not_found', 'invite_used', 'conflict'],
  rate: [],
  ifLost: lostAnswers.invites,
  async run({ params, caller, clock, request, log, fail, ...tools }) {
    const by = { actorId: caller.user.id, address: request.address };
    const outcome = await deleteInvite(params.id, by, tools, clock.now());
    if ('refused' in outcome) {
      const isUsed = outcome.refused === 'invite_used';
      return fail(outcome.refused, isUsed ? { explain: refusalTexts.deleteUsed } : {});
    }
    log.info('invite.deleted', { inviteId: params.id, userId: caller.user.id });
    return undefined;
  },
});
