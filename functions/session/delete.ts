import * as z from 'zod/mini';
import { endSessions } from '#shared/data/session-writes.ts';
import { cookie, dropCookie } from '#shared/http/cookies.ts';
import { operation } from '#shared/operation.ts';
import { logoutForm } from '#web/forms/logout.ts';

export default operation({
  summary: 'Ends one of my sessions; `current` signs out.',
  method: 'DELETE',
  path: '/v1/sessions/{id}',
  auth: 'session',
  params: z.object({ id: z.string().check(z.maxLength(64)) }),
  response: z.undefined(),
  status: 204,
  uses: [endSessions],
  errors: ['not_found'],
  rate: [],
  form: logoutForm,
  async run({ params, caller, sessions, clock, request, cookies, log, fail }) {
    const { user, session } = caller;
    const id = params.id === 'current' ? session.id : params.id;
    const ended = await sessions.end(user.id, id, request.address, clock.now());
    if (id === session.id) cookies.push(dropCookie(cookie.session));
    else if (!ended) return fail('not_found');
    log.info('session.ended', { userId: user.id, sessionId: id });
    return undefined;
  },
});
