import { page } from '#web/page.ts';
import { movePage } from '#web/pages/forgot.ts';

export default page({
  summary:
    'Where an account that is bound to another device begins to move to this one: asks where to mail a code.',
  path: '/move',
  auth: 'public',
  uses: [],
  errors: [],
  rate: [],
  run: async ({ request: { locale }, settings }) => movePage({ locale, settings }),
});
