import { page } from '#web/page.ts';
import { keysPage } from '#web/pages/keys.ts';
import { visitOf } from '#web/visit.ts';

export default page({
  summary:
    'My API keys: kept, renewed, switched off and deleted, with their uses and the calls that are left.',
  path: '/keys',
  auth: 'session',
  uses: [],
  errors: [],
  rate: [],
  run: async ({ caller: { user, session }, request: { locale, at: now }, settings }) =>
    keysPage({ user, visit: visitOf(session), now, locale, settings }),
});
