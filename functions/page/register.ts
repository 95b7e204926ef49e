import * as z from 'zod/mini';
import { readInvites } from '#shared/invites/find-invites.ts';
import { Failure } from '#shared/errors/failure.ts';
import { describe } from '#shared/errors/problem.ts';
import { seeOther } from '#shared/http/answer.ts';
import { cookie, dropInvite } from '#shared/http/cookies.ts';
import { inspectLink, isForReturning, letsIn, refusalOf } from '#shared/invites/inspect-invite.ts';
import { inviteRefusals } from '#shared/invites/states.ts';
import { checkTokens } from '#shared/invites/invite-tokens.ts';
import { findSessions } from '#shared/sessions/find-sessions.ts';
import { page } from '#web/page.ts';
import { factsOf } from '#web/pages/about-invite.ts';
import { deadInvitePage } from '#web/pages/dead-invite.ts';
import { problemPage } from '#web/pages/problem.ts';
import { otherInvitePage } from '#web/pages/other-invite.ts';
import { registerPage } from '#web/pages/register.ts';
import { returnPath } from '#web/return-path.ts';
import { pageTexts } from '#web/texts/pages.ts';
import { visitOf } from '#web/visit.ts';
import { byField, loginHint, nextField } from '#web/wanted-page.ts';

export default page({
  summary: 'The registration form, for visitors who came by an invite link.',
  path: '/register',
  auth: 'optional',
  query: z.object({ next: nextField, by: byField }),
  uses: [readInvites, checkTokens, findSessions],
  errors: inviteRefusals,
  rate: [{ per: 'address', limit: 120, window: '1m' }],
  showProblem: problemPage,
  async run({ query, caller, sessions, invites, tokens, clock, request, settings, cookies, log }) {
    const now = clock.now();
    const next = returnPath(query.next, settings);
    const byCode = query.by === 'code';
    // A link that was opened before must not hold up a guest who types a code.
    const kept = byCode ? undefined : request.cookies[cookie.invite];
    const inspection = kept ? await inspectLink(kept, { invites, tokens }, now) : undefined;
    if (caller) {
      const isOthers = inspection && letsIn(inspection) && inspection.invite.id !== caller.user.inviteId;
      return kept !== undefined && isOthers
        ? otherInvitePage({
            token: kept,
            next,
            user: caller.user,
            visit: visitOf(caller.session),
            now,
            locale: request.locale,
            settings,
          })
        : seeOther(next);
    }
    const withoutLink = {
      locale: request.locale,
      settings,
      next,
      fields: { email: loginHint(next) ?? '' },
      askCode: byCode || settings.registration === 'invite-only',
    };
    if (!inspection) {
      // If devices alone identify users, those whose session has ended are led to this page.
      const held = request.cookies[cookie.session] ?? '';
      const end = settings.deviceOnly ? await sessions.endOf(held, now) : undefined;
      return registerPage({ ...withoutLink, end });
    }
    if (!letsIn(inspection)) {
      const refusal = refusalOf(inspection);
      const kind = inspection.status === 'invalid' ? undefined : inspection.invite.kind;
      if (isForReturning(inspection)) {
        const failure = new Failure(refusal, { explain: pageTexts.returningDevice });
        return registerPage({
          locale: request.locale,
          settings,
          next,
          fields: { token: kept ?? '' },
          kind: inspection.invite.kind,
          problem: describe(failure, request.locale, request.id, true),
        });
      }
      // The link's cookie is dropped, so that the next visit can begin without it.
      dropInvite(kept, request, cookies);
      log.info('refused', { code: refusal });
      const problem = describe(new Failure(refusal), request.locale, request.id, true);
      // Where no invite is needed, the guest goes on even if theirs has ended.
      if (settings.registration !== 'open') {
        return deadInvitePage(problem, request, settings, { token: kept, kind });
      }
      return registerPage({ ...withoutLink, problem });
    }

    const { invite, channel } = inspection;
    const locale = request.chosenLocale ?? invite.locale ?? request.locale;
    // Only a mailed link shows the full address, since its holder has the mailbox. A copied link shows a masked one.
    const emailFixed = invite.kind === 'email' && channel === 'mail';
    const fields = { token: kept ?? '', ...(emailFixed && invite.email && { email: invite.email }) };
    const about = factsOf(invite, emailFixed);
    return registerPage({ locale, settings, next, fields, about, kind: invite.kind, invite });
  },
});
