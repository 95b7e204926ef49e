import * as z from 'zod/mini';
import { readInvites } from '#shared/invites/find-invites.ts';
import { Failure } from '#shared/errors/failure.ts';
import { describe } from '#shared/errors/problem.ts';
import { seeOther } from '#shared/http/answer.ts';
import { carryInvite } from '#shared/http/cookies.ts';
import { inspectLink, isForReturning, letsIn, refusalOf } from '#shared/invites/inspect-invite.ts';
import { findInviteToken } from '#shared/invites/invite-token.ts';
import { inviteRefusals } from '#shared/invites/states.ts';
import { checkTokens } from '#shared/invites/invite-tokens.ts';
import { landingOf, loginOf } from '#shared/registration/landing.ts';
import { page } from '#web/page.ts';
import { deadInvitePage, isRenewable } from '#web/pages/dead-invite.ts';
import { problemPage } from '#web/pages/problem.ts';
import { returnPath, wantedPath } from '#web/return-path.ts';
import { pageTexts } from '#web/texts/pages.ts';
import { visitOf } from '#web/visit.ts';
import { nextField, withNext } from '#web/wanted-page.ts';

export default page({
  summary: 'Where an invite link leads: a cookie carries the token on to the form. Uses nothing up.',
  path: '/invite/{token}',
  auth: 'optional',
  /** A malformed token is answered as an unknown one, not as invalid input. */
  params: z.object({ token: z.string() }),
  query: z.object({ next: nextField }),
  uses: [readInvites, checkTokens],
  errors: inviteRefusals,
  rate: [{ per: 'address', limit: 120, window: '1m' }],
  showProblem: problemPage,
  async run({ params, query, caller, invites, tokens, clock, request, settings, origin, cookies, log }) {
    const { token, surplus } = findInviteToken(params.token);
    const inspection = await inspectLink(token, { invites, tokens }, clock.now());
    // The link by which the user registered leads in, whatever has become of the invite since (C82).
    if (caller && inspection.status !== 'invalid' && inspection.invite.id === caller.user.inviteId) {
      const { user, session } = caller;
      // The cookie of a device-bound session alone must not reveal its owner (C69).
      const login = visitOf(session).boundSession === undefined ? loginOf(user) : undefined;
      const landing = landingOf(inspection.invite, { role: user.role, login }, settings, origin);
      return seeOther(wantedPath(query.next, settings) ?? landing);
    }
    const refusal = letsIn(inspection) || isForReturning(inspection) ? undefined : refusalOf(inspection);
    const kind = inspection.status === 'invalid' ? undefined : inspection.invite.kind;
    // A link that has ended is carried too if a link of its kind can be renewed: the next page says once more why it is over.
    if (!refusal || isRenewable(refusal, settings)) cookies.push(carryInvite(token));
    if (!refusal) return seeOther(withNext('/register', returnPath(query.next, settings)));
    log.info('refused', { code: refusal });
    const detail = surplus > 0 ? { explain: pageTexts.linkTooLong, values: { count: surplus } } : {};
    const problem = describe(new Failure(refusal, detail), request.locale, request.id, true);
    return deadInvitePage(problem, request, settings, { token, kind });
  },
});
