import * as z from 'zod/mini';
import { readRefusals } from '#shared/codes/refusals.ts';
import { page } from '#web/page.ts';
import { moveCodePage } from '#web/pages/move-code.ts';

export default page({
  summary: 'Takes the mailed code and the password that move an account to this device.',
  path: '/move/{flow}',
  auth: 'public',
  params: z.object({ flow: z.string().check(z.maxLength(64)) }),
  uses: [readRefusals],
  errors: [],
  rate: [],
  async run({ params: { flow }, refusals, request: { locale, at: now }, settings }) {
    const { isRefused, email: login } = await refusals.ofFlow(flow, now);
    return moveCodePage({ locale, settings, now, flow, isRefused, login });
  },
});
