import * as z from 'zod/mini';
import { seeOther } from '#shared/http/answer.ts';
import { isVerified } from '#shared/users/user.ts';
import { readKeys } from '#shared/vault/read-keys.ts';
import { page } from '#web/page.ts';
import { homeNotices, homePage } from '#web/pages/home.ts';
import { visitOf } from '#web/visit.ts';

export default page({
  summary: 'Who I am, what to do next, and the way on to the app; for admins the way to their desk.',
  path: '/',
  auth: 'session',
  query: z.object({ notice: z.optional(z.enum(homeNotices)) }),
  uses: [readKeys],
  errors: [],
  rate: [],
  async run({ query: { notice }, caller, keys, request, settings, origin }) {
    const { user, session } = caller;
    // Administrators stay, because their desk is here. So do users who have a notice to read.
    if (settings.appUrl && user.role !== 'admin' && !notice) return seeOther(settings.appUrl);
    const visit = visitOf(session);
    // A user with an unproven mailbox has no keys.
    const countOf = async () => (isVerified(user) ? (await keys.of(user.id, request.at)).length : 0);
    return homePage({
      user,
      visit,
      keyCount: visit.boundSession ? undefined : await countOf(),
      now: request.at,
      locale: request.locale,
      settings,
      origin,
      notice,
    });
  },
});
