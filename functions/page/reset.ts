import * as z from 'zod/mini';
import { readRefusals } from '#shared/codes/refusals.ts';
import { page } from '#web/page.ts';
import { resetPage } from '#web/pages/reset.ts';

export default page({
  summary: 'Takes the mailed code and the new password of who has forgotten the old one.',
  path: '/forgot/{flow}',
  auth: 'public',
  params: z.object({ flow: z.string().check(z.maxLength(64)) }),
  uses: [readRefusals],
  errors: [],
  rate: [],
  run: async ({ params: { flow }, refusals, request: { locale, at: now }, settings }) =>
    resetPage({ locale, settings, now, flow, ...(await refusals.ofFlow(flow, now)) }),
});
