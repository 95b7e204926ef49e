import * as z from 'zod/mini';
import { readRefusals } from '#shared/codes/refusals.ts';
import { flowParams } from '#web/cut-path.ts';
import { page } from '#web/page.ts';
import { resetPage } from '#web/pages/reset.ts';
import { returnPath } from '#web/return-path.ts';
import { nextField } from '#web/wanted-page.ts';

export default page({
  summary: 'Takes the mailed code and the new password of who has forgotten the old one.',
  path: '/forgot/{flow}',
  auth: 'public',
  params: flowParams,
  query: z.object({ next: nextField }),
  uses: [readRefusals],
  errors: [],
  rate: [],
  async run({ params: { flow }, query, refusals, request: { locale, at: now }, settings }) {
    const next = returnPath(query.next, settings);
    return resetPage({ locale, settings, now, flow, next, ...(await refusals.ofFlow(flow, now)) });
  },
});
