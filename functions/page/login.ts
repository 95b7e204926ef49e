import * as z from 'zod/mini';
import { minute } from '#shared/clock.ts';
import { seeOther } from '#shared/http/answer.ts';
import { cookie } from '#shared/http/cookies.ts';
import { findSessions } from '#shared/sessions/find-sessions.ts';
import { beganWithin } from '#shared/sessions/session.ts';
import { page } from '#web/page.ts';
import { doneActs, loginPage } from '#web/pages/login.ts';
import { returnPath } from '#web/return-path.ts';
import { visitOf } from '#web/visit.ts';
import { loginHint, nextField } from '#web/wanted-page.ts';

export default page({
  summary:
    'The sign-in form; signed-in visitors are led on, unless they are to confirm that it is them (`again`).',
  path: '/login',
  auth: 'optional',
  query: z.object({
    next: nextField,
    again: z.optional(z.string().check(z.maxLength(10))),
    done: z.optional(z.enum(doneActs)),
  }),
  uses: [findSessions],
  errors: [],
  rate: [{ per: 'address', limit: 120, window: '1m' }],
  async run({ query, caller, sessions, request, settings }) {
    const next = returnPath(query.next, settings);
    const isAgain = caller !== undefined && query.again !== undefined;
    // The first page says what was done, if it was done for this user. Any other page is the one that the user waits for.
    const isOwn = caller !== undefined && beganWithin(caller.session, minute, request.at);
    const isTold = query.done === 'password-reset' && isOwn && next === '/';
    if (caller && !isAgain) return seeOther(isTold ? '/?notice=password-reset' : next);
    // A page for a device-bound session does not name its owner (C69).
    const known =
      caller && visitOf(caller.session).boundSession === undefined ? caller.user.username : undefined;
    const login = loginHint(next) ?? known;
    const { locale, at: now, cookies } = request;
    const end = caller ? undefined : await sessions.endOf(cookies[cookie.session] ?? '', now);
    return loginPage({ locale, now, settings, next, done: query.done, login, isAgain, end });
  },
});
