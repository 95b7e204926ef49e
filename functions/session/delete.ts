import * as z from 'zod/mini';
import { endOtherSessions, endSessions } from '#shared/sessions/end-sessions.ts';
import { isSessionId } from '#shared/sessions/session.ts';
import { cookie, dropCookie } from '#shared/http/cookies.ts';
import { atMost } from '#shared/http/fields.ts';
import { lostAnswers } from '#shared/errors/lost-answers.ts';
import { operation } from '#shared/operation/operation.ts';
import { logoutForm } from '#web/forms/logout.ts';

export default operation({
  summary: 'Ends one of my sessions; `current` signs out, `others` ends all but this one.',
  method: 'DELETE',
  path: '/v1/sessions/{id}',
  auth: 'session',
  params: z.object({ id: z.string().check(atMost(64)) }),
  response: z.undefined(),
  status: 204,
  uses: [endSessions, endOtherSessions],
  errors: ['unauthenticated', 'not_found'],
  // Each ending is recorded in the audit trail. Limited by address: a thief must not use up the calls by which the owner ends the theft.
  rate: [{ per: 'address', limit: 240, window: '1m' }],
  forms: [logoutForm],
  ifLost: lostAnswers.account,
  async run({ params, caller, sessions, clock, request, cookies, log, fail }) {
    const { user, session } = caller;
    const now = clock.now();
    if (params.id === 'others') {
      if (!(await sessions.endOthers(caller, request.address, now))) return fail('unauthenticated');
      log.info('sessions.ended', { userId: user.id, sessionId: session.id });
      return undefined;
    }
    const id = params.id === 'current' ? session.id : params.id;
    if (!isSessionId(id)) return fail('not_found');
    const ended = await sessions.end(user.id, id, request.address, now);
    if (id === session.id) cookies.push(dropCookie(cookie.session));
    else if (!ended) return fail('not_found');
    log.info('session.ended', { userId: user.id, sessionId: id });
    return undefined;
  },
});
