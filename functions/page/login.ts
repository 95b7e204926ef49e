import * as z from 'zod/mini';
import { seeOther } from '#shared/http/answer.ts';
import { page } from '#web/page.ts';
import { loginPage } from '#web/pages/login.ts';
import { returnPath } from '#web/return-path.ts';
import { loginHint, nextField } from '#web/wanted-page.ts';

export default page({
  summary: 'The sign-in form; signed-in visitors are led on.',
  path: '/login',
  auth: 'optional',
  query: z.object({
    next: nextField,
    done: z.optional(z.literal('password-reset')),
  }),
  uses: [],
  errors: [],
  rate: [{ per: 'address', limit: 120, window: '1m' }],
  async run({ query, caller, request, settings }) {
    const next = returnPath(query.next, settings);
    if (caller) return seeOther(next);
    const { locale, at: now } = request;
    return loginPage({ locale, now, settings, next, done: query.done, login: loginHint(next) });
  },
});
