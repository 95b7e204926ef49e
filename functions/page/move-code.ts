import * as z from 'zod/mini';
import { readRefusals } from '#shared/codes/refusals.ts';
import { flowParams } from '#web/cut-path.ts';
import { page } from '#web/page.ts';
import { moveCodePage } from '#web/pages/move-code.ts';
import { returnPath } from '#web/return-path.ts';
import { nextField } from '#web/wanted-page.ts';

export default page({
  summary: 'Takes the mailed code and the password that move an account to this device.',
  path: '/move/{flow}',
  auth: 'public',
  params: flowParams,
  query: z.object({ next: nextField }),
  uses: [readRefusals],
  errors: [],
  rate: [],
  async run({ params: { flow }, query, refusals, request: { locale, at: now }, settings }) {
    const { isRefused, email: login } = await refusals.ofFlow(flow, now);
    const next = returnPath(query.next, settings);
    return moveCodePage({ locale, settings, now, flow, isRefused, login, next });
  },
});
