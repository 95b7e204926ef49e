import { page } from '#web/page.ts';
import { renewedPage } from '#web/pages/renewed.ts';

export default page({
  summary: 'Says that a new link is on its way.',
  path: '/invite/renewed',
  auth: 'public',
  uses: [],
  errors: [],
  rate: [],
  run: async ({ request, settings }) => renewedPage(request.locale, settings),
});
