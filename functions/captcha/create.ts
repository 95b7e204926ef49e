import { challengeSchema } from '#shared/guards/challenge.ts';
import { issueCaptchas } from '#shared/guards/captchas.ts';
import { operation } from '#shared/operation/operation.ts';

export default operation({
  summary: 'Makes a captcha: an ALTCHA challenge, solved by work and not by eyes, and good for ten minutes.',
  method: 'GET',
  path: '/v1/captcha',
  auth: 'public',
  response: challengeSchema,
  uses: [issueCaptchas],
  errors: [],
  rate: [{ per: 'address', limit: 30, window: '1m' }],
  run: ({ captchas, clock }) => captchas.issue(clock.now()),
});
