import * as z from 'zod/mini';
import { seeOther } from '#shared/http/answer.ts';
import { page } from '#web/page.ts';
import { homePage } from '#web/pages/home.ts';
import { visitOf } from '#web/visit.ts';

export default page({
  summary: 'Who I am, with the way on to the app; for admins the invites.',
  path: '/',
  auth: 'session',
  query: z.object({ notice: z.optional(z.literal('forbidden')) }),
  uses: [],
  errors: [],
  rate: [],
  async run({ query: { notice }, caller, request, settings }) {
    const { user, session } = caller;
    // Admins stay: their invites are here. So does who is to read something.
    if (settings.appUrl && user.role !== 'admin' && !notice) return seeOther(settings.appUrl);
    return homePage({
      user,
      visit: visitOf(session),
      now: request.at,
      locale: request.locale,
      settings,
      notice,
    });
  },
});
