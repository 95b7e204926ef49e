import { page } from '#web/page.ts';
import { accountPage } from '#web/pages/account.ts';
import { visitOf } from '#web/visit.ts';

export default page({
  summary: 'My account: profile, address, password, sessions, and all data that is stored about me.',
  path: '/account',
  auth: 'session',
  uses: [],
  errors: [],
  rate: [],
  run: async ({ caller: { user, session }, request: { locale, at: now }, settings }) =>
    accountPage({ user, visit: visitOf(session), now, locale, settings }),
});
