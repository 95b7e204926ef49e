import { readInvites } from '#shared/data/invite-reads.ts';
import { findSessions } from '#shared/data/session-reads.ts';
import { seeOther } from '#shared/http/answer.ts';
import { cookie } from '#shared/http/cookies.ts';
import { sessionToken } from '#shared/http/session-cookie.ts';
import { inspectInvite, inviteRefusals, refusalOf } from '#shared/inspect-invite.ts';
import { checkTokens } from '#shared/keys/invite-tokens.ts';
import { page } from '#web/page.ts';
import { noInvitePage } from '#web/pages/no-invite.ts';
import { aboutInvite, registerPage } from '#web/pages/register.ts';

export default page({
  summary: 'The registration form, for whoever came by an invite link.',
  path: '/register',
  auth: 'public',
  uses: [findSessions, readInvites, checkTokens],
  errors: inviteRefusals,
  rate: [{ per: 'address', limit: 120, window: '1m' }],
  async run({ sessions, invites, tokens, clock, request, settings, fail }) {
    const now = clock.now();
    const token = sessionToken(request);
    if (token && (await sessions.find(token, now))) return seeOther('/');

    const kept = request.cookies[cookie.invite];
    if (!kept) return noInvitePage(request.locale, settings);
    const inspection = await inspectInvite(kept, { invites, tokens }, now);
    if (inspection.status !== 'active') return fail(refusalOf[inspection.status]);

    const { invite, channel } = inspection;
    const locale = invite.locale ?? request.locale;
    // Only who has the mailbox learns its full address; a copied link shows a masked one.
    const emailFixed = invite.kind === 'email' && channel === 'mail';
    const fields = emailFixed && invite.email ? { email: invite.email } : {};
    return registerPage({ locale, settings, fields, emailFixed, about: aboutInvite(invite, locale) });
  },
});
