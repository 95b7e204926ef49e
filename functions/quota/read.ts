import { readQuotas } from '#shared/quotas/use-quotas.ts';
import { limitsOf, usageOf } from '#shared/quotas/quota.ts';
import { quotaResponse, showQuota } from '#shared/quotas/show-quota.ts';
import { operation } from '#shared/operation/operation.ts';

export default operation({
  summary: 'What my limits are, what is used of them, and when that ends.',
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
