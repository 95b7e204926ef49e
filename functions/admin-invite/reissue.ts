import * as z from 'zod/mini';
import { changeInvites } from '#shared/data/change-invites.ts';
import { readInvites } from '#shared/data/invite-reads.ts';
import { reissued } from '#shared/domain/invite.ts';
import { inviteIdParams, inviteLinkResponse, inviteUrl, showInvite } from '#shared/http/invite.ts';
import { issueTokens } from '#shared/keys/invite-tokens.ts';
import { operation } from '#shared/operation.ts';

export default operation({
  summary: 'Gives an invite a new link and a new life; the old link dies.',
  method: 'POST',
  path: '/v1/admin/invites/{id}/reissue',
  auth: 'admin',
  params: inviteIdParams,
  body: z.strictObject({ send: z._default(z.boolean(), true) }),
  response: inviteLinkResponse,
  uses: [readInvites, changeInvites, issueTokens],
  errors: ['not_found', 'invite_used', 'conflict'],
  rate: [],
  async run({ params, body, caller, invites, tokens, clock, settings, origin, request, log, fail }) {
    const now = clock.now();
    const invite = (await invites.get(params.id)) ?? fail('not_found');
    if (invite.state === 'used') return fail('invite_used');
    const mailed = body.send && invite.email !== undefined && settings.mailFrom !== null;
    const next = reissued(invite, mailed, now);
    const by = { actorId: caller.user.id, address: request.address };
    if (!(await invites.replace(invite, next, by, now))) return fail('conflict');
    log.info('invite.reissued', { inviteId: invite.id, userId: caller.user.id });
    return { ...showInvite(next, now), url: inviteUrl(origin, await tokens.issue(next, 'shown')) };
  },
});
