import * as z from 'zod/mini';
import { page } from '#web/page.ts';
import { forgotPage } from '#web/pages/forgot.ts';
import { returnPath } from '#web/return-path.ts';
import { nextField } from '#web/wanted-page.ts';

export default page({
  summary: 'Where a forgotten password begins: asks where to mail a code.',
  path: '/forgot',
  auth: 'public',
  query: z.object({ next: nextField }),
  uses: [],
  errors: [],
  rate: [],
  run: async ({ query, request: { locale }, settings }) =>
    forgotPage({ locale, settings, next: returnPath(query.next, settings) }),
});
