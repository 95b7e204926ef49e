import * as z from 'zod/mini';
import { page } from '#web/page.ts';
import { moveCodePage } from '#web/pages/move-code.ts';

export default page({
  summary: 'Takes the mailed code and the password that move an account to this device.',
  path: '/move/{flow}',
  auth: 'public',
  params: z.object({ flow: z.string().check(z.maxLength(64)) }),
  uses: [],
  errors: [],
  rate: [],
  run: async ({ params: { flow }, request: { locale, at: now }, settings }) =>
    moveCodePage({ locale, settings, now, flow }),
});
