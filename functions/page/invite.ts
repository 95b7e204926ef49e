import * as z from 'zod/mini';
import { readInvites } from '#shared/data/invite-reads.ts';
import { inviteTokenField } from '#shared/fields.ts';
import { seeOther } from '#shared/http/answer.ts';
import { cookie, setCookie } from '#shared/http/cookies.ts';
import { inspectInvite, inviteRefusals, refusalOf } from '#shared/inspect-invite.ts';
import { checkTokens } from '#shared/keys/invite-tokens.ts';
import { page } from '#web/page.ts';

/** How long a browser keeps the invite between the link and the form. Seconds. */
const keepSeconds = 30 * 60;

export default page({
  summary:
    'Where an invite link leads: keeps the token in a cookie and goes on to the form. Uses nothing up.',
  path: '/invite/{token}',
  auth: 'public',
  params: z.object({ token: inviteTokenField }),
  uses: [readInvites, checkTokens],
  errors: inviteRefusals,
  rate: [{ per: 'address', limit: 120, window: '1m' }],
  async run({ params, invites, tokens, clock, cookies, fail }) {
    const { status } = await inspectInvite(params.token, { invites, tokens }, clock.now());
    if (status !== 'active') return fail(refusalOf[status]);
    cookies.push(setCookie(cookie.invite, params.token, keepSeconds));
    return seeOther('/register');
  },
});
