import * as z from 'zod/mini';
import { readInvites } from '#shared/invites/find-invites.ts';
import { seeOther } from '#shared/http/answer.ts';
import { carryInvite } from '#shared/http/cookies.ts';
import { inspectLink, letsIn, refusalOf } from '#shared/invites/inspect-invite.ts';
import { inviteRefusals } from '#shared/invites/states.ts';
import { checkTokens } from '#shared/invites/invite-tokens.ts';
import { page } from '#web/page.ts';
import { deadInvitePage, isRenewable } from '#web/pages/dead-invite.ts';

const base = '/invite/';

export default page({
  summary:
    'Where an invite link leads: a cookie carries the token on to the form. Uses nothing up.',
  path: '/invite/{token}',
  auth: 'public',
  /** A malformed token is answered as an unknown one, not as invalid input. */
  params: z.object({ token: z.string() }),
  uses: [readInvites, checkTokens],
  errors: inviteRefusals,
  rate: [{ per: 'address', limit: 120, window: '1m' }],
  showProblem: (problem, request, settings) =>
    deadInvitePage(problem, request, settings, request.path.slice(base.length)),
  async run({ params, invites, tokens, clock, settings, cookies, fail }) {
    const inspection = await inspectLink(params.token, { invites, tokens }, clock.now());
    const refusal = letsIn(inspection) ? undefined : refusalOf(inspection);
    // A link that is over is carried too where its page offers a new one.
    if (!refusal || isRenewable(refusal, settings)) cookies.push(carryInvite(params.token));
    if (refusal) return fail(refusal);
    return seeOther('/register');
  },
});
