import { seeOther } from '#shared/http/answer.ts';
import { isVerified } from '#shared/users/user.ts';
import { page } from '#web/page.ts';
import { verifyPage } from '#web/pages/verify.ts';
import { visitOf } from '#web/visit.ts';

export default page({
  summary: 'Offers to mail the code that proves my address; once it is proven, the page leads on.',
  path: '/verify',
  auth: 'session',
  uses: [],
  errors: [],
  rate: [],
  async run({ caller: { user, session }, request: { locale, at: now }, settings }) {
    if (isVerified(user)) return seeOther('/');
    // The mailbox's owner took the address back. The user enters a new one there.
    if (user.email === undefined) return seeOther('/account#email');
    const visit = visitOf(session);
    return verifyPage({ visit, now, locale, settings }, visit.boundSession ? undefined : user.email);
  },
});
