import * as z from 'zod/mini';
import { findSessions } from '#shared/data/session-reads.ts';
import { seeOther } from '#shared/http/answer.ts';
import { sessionToken } from '#shared/http/session-cookie.ts';
import { page } from '#web/page.ts';
import { loginPage } from '#web/pages/login.ts';
import { returnPath } from '#web/return-path.ts';

export default page({
  summary: 'The sign-in form; whoever is signed in already goes on.',
  path: '/login',
  auth: 'public',
  query: z.object({ next: z.optional(z.string().check(z.maxLength(2000))) }),
  uses: [findSessions],
  errors: [],
  rate: [{ per: 'address', limit: 120, window: '1m' }],
  async run({ query, sessions, clock, request, settings }) {
    const next = returnPath(query.next, settings);
    const token = sessionToken(request);
    if (token && (await sessions.find(token, clock.now()))) return seeOther(next);
    return loginPage({ locale: request.locale, settings, next });
  },
});
