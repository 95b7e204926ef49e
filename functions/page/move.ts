import * as z from 'zod/mini';
import { page } from '#web/page.ts';
import { movePage } from '#web/pages/forgot.ts';
import { returnPath } from '#web/return-path.ts';
import { nextField } from '#web/wanted-page.ts';

export default page({
  summary:
    'Where an account that is bound to another device begins to move to this one: asks where to mail a code.',
  path: '/move',
  auth: 'public',
  query: z.object({ next: nextField }),
  uses: [],
  errors: [],
  rate: [],
  run: async ({ query, request: { locale }, settings }) =>
    movePage({ locale, settings, next: returnPath(query.next, settings) }),
});
