import { readRefusals } from '#shared/codes/refusals.ts';
import { flowParams } from '#web/cut-path.ts';
import { page } from '#web/page.ts';
import { problemPage } from '#web/pages/problem.ts';
import { signInFirst, verifyCodePage } from '#web/pages/verify.ts';
import { visitOf } from '#web/visit.ts';

export default page({
  summary: 'Takes the mailed code that proves my address.',
  path: '/verify/{flow}',
  auth: 'session',
  params: flowParams,
  uses: [readRefusals],
  errors: [],
  rate: [],
  showProblem: (problem, request, settings) =>
    problem.code === 'unauthenticated' ? signInFirst : problemPage(problem, request, settings),
  async run({ params: { flow }, caller: { session }, refusals, request: { locale, at: now }, settings }) {
    const { isRefused } = await refusals.ofFlow(flow, now);
    return verifyCodePage({ visit: visitOf(session), now, locale, settings }, flow, { isRefused });
  },
});
