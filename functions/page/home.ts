import { seeOther } from '#shared/http/answer.ts';
import { page } from '#web/page.ts';
import { homePage } from '#web/pages/home.ts';

export default page({
  summary: 'Who I am, with the way on to the app; for admins the invites.',
  path: '/',
  auth: 'session',
  uses: [],
  errors: [],
  rate: [],
  async run({ caller, request, settings }) {
    const { user } = caller;
    // Admins stay: their invites are here.
    if (settings.appUrl && user.role !== 'admin') return seeOther(settings.appUrl);
    return homePage({ user, locale: request.locale, settings });
  },
});
