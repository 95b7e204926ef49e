import * as z from 'zod/mini';
import { refusalTexts } from '#shared/inviting/refusal-texts.ts';
import { reissueInvite, reissuingInvites } from '#shared/inviting/reissue-invite.ts';
import { issueTokens } from '#shared/invites/invite-tokens.ts';
import { showInvite } from '#shared/invites/show-invite.ts';
import { inviteLinkResponse, linkOf } from '#shared/inviting/show-link.ts';
import { isConfirmed } from '#shared/sessions/session.ts';
import type { FailureDetail } from '#shared/errors/failure.ts';
import { lostAnswers } from '#shared/errors/lost-answers.ts';
import type { ErrorCode } from '#shared/errors/table.ts';
import { idField } from '#shared/http/fields.ts';
import { operation } from '#shared/operation/operation.ts';
import { emailField } from '#shared/users/fields.ts';

const details: Partial<Record<ErrorCode, FailureDetail>> = {
  invalid: { errors: [{ path: 'email', text: 'noMailbox' }] },
  invite_used: { explain: refusalTexts.reissueUsed },
  email_taken: { explain: refusalTexts.memberAlready },
};

export default operation({
  summary:
    'Gives an invite a new link and a new life, also to a corrected address; the old link dies. One that was used for a device moves its user to another.',
  method: 'POST',
  path: '/v1/admin/invites/{id}/reissue',
  auth: 'admin',
  params: z.object({ id: idField }),
  body: z.strictObject({ send: z._default(z.boolean(), true), email: z.optional(emailField) }),
  response: inviteLinkResponse,
  uses: [...reissuingInvites, issueTokens],
  errors: ['not_found', 'reauthentication_required', 'invite_used', 'invalid', 'email_taken', 'conflict'],
  rate: [],
  ifLost: lostAnswers.invites,
  async run({ params, body, caller, clock, origin, request, log, fail, ...tools }) {
    const now = clock.now();
    const wanted = { id: params.id, ...body, isConfirmed: isConfirmed(caller, now) };
    const outcome = await reissueInvite(wanted, caller.user, request.address, tools, now);
    if ('refused' in outcome) {
      const { refused, detail = details[refused] ?? {} } = outcome;
      return fail(refused, detail);
    }
    const { invite } = outcome;
    log.info('invite.reissued', { inviteId: invite.id, userId: caller.user.id });
    return { ...showInvite(invite, now), ...(await linkOf(invite, origin, tools)) };
  },
});
