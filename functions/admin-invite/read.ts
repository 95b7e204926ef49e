import { readInvites } from '#shared/invites/find-invites.ts';
import { listRedemptions } from '#shared/invites/list-redemptions.ts';
import { inviteIdParams, showInvite } from '#shared/invites/show-invite.ts';
import { linkOf, usedInviteResponse } from '#shared/invites/show-link.ts';
import { toIso } from '#shared/http/time.ts';
import { deriveCodes } from '#shared/invites/invite-codes.ts';
import { issueTokens } from '#shared/invites/invite-tokens.ts';
import { operation } from '#shared/operation/operation.ts';

/** Redemptions that are named; `uses` counts them all. */
const named = 100;

export default operation({
  summary: 'One invite with its link, and who used it and when, the first hundred.',
  method: 'GET',
  path: '/v1/admin/invites/{id}',
  auth: 'admin',
  params: inviteIdParams,
  response: usedInviteResponse,
  uses: [readInvites, listRedemptions, issueTokens, deriveCodes],
  errors: ['not_found'],
  rate: [],
  async run({ params, invites, redemptions, clock, origin, fail, ...keys }) {
    const invite = (await invites.get(params.id)) ?? fail('not_found');
    const usedBy = (await redemptions.of(invite.id, named)).map(({ userId, username, redeemedAt }) => ({
      userId,
      username: username ?? null,
      at: toIso(redeemedAt),
    }));
    return { ...showInvite(invite, clock.now()), ...(await linkOf(invite, origin, keys)), usedBy };
  },
});
