import { page } from '#web/page.ts';
import { forgotPage } from '#web/pages/forgot.ts';

export default page({
  summary: 'Where a forgotten password begins: asks where to mail a code.',
  path: '/forgot',
  auth: 'public',
  uses: [],
  errors: [],
  rate: [],
  run: async ({ request: { locale }, settings }) => forgotPage({ locale, settings }),
});
