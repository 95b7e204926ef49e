import * as z from 'zod/mini';
import { checkHealth } from '#shared/aws/health.ts';
import { operation } from '#shared/operation/operation.ts';

export default operation({
  summary: 'Says whether the store and the key service can be reached.',
  method: 'GET',
  path: '/health',
  auth: 'public',
  response: z.object({
    status: z.literal('ok'),
    checks: z.object({ store: z.literal('ok'), keys: z.literal('ok') }),
  }),
  uses: [checkHealth],
  errors: ['store_unavailable', 'keys_unavailable'],
  rate: [],
  async run({ health, clock }) {
    await health.both(clock.now());
    return { status: 'ok', checks: { store: 'ok', keys: 'ok' } } as const;
  },
});
