import { readQuotas } from '#shared/quotas/use-quotas.ts';
import { limitsOf, usageOf } from '#shared/quotas/quota.ts';
import { quotaResponse, showQuota } from '#shared/quotas/show-quota.ts';
import { operation } from '#shared/operation/operation.ts';

export default operation({
  summary: 'My limits, how much of them is used, and when they reset.',
  method: 'GET',
  path: '/v1/quota',
  auth: 'session',
  response: quotaResponse,
  uses: [readQuotas],
  errors: [],
  rate: [],
  async run({ caller: { user }, quotas, clock, settings }) {
    const row = await quotas.of(user.id);
    return showQuota(usageOf(row, limitsOf(user, settings), clock.now()));
  },
});
