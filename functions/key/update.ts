import * as z from 'zod/mini';
import { changeKeys } from '#shared/vault/change-key.ts';
import type { KeyChange } from '#shared/vault/api-key.ts';
import { ruleAt } from '#shared/http/fields.ts';
import { apiKeyResponse, serviceOf, serviceParams, showApiKey } from '#shared/vault/show-key.ts';
import { lostAnswers } from '#shared/errors/lost-answers.ts';
import { operation } from '#shared/operation/operation.ts';

export default operation({
  summary: 'Switches my API key for a service on or off, or renews it without its being typed again.',
  method: 'PATCH',
  path: '/v1/keys/{service}',
  auth: 'verified',
  params: serviceParams,
  body: z
    .strictObject({ active: z.optional(z.boolean()), renew: z.optional(z.literal(true)) })
    .check(
      ruleAt<KeyChange>(
        'active',
        ({ active, renew }) => active !== undefined || renew !== undefined,
        'change',
      ),
    ),
  response: apiKeyResponse,
  uses: [changeKeys],
  errors: ['not_found', 'key_missing'],
  rate: [{ per: 'user', limit: 30, window: '1m' }],
  ifLost: lostAnswers.keys,
  async run({ params, body, caller, keys, settings, clock, request, log, fail }) {
    const { knownServices } = settings;
    const { title } = serviceOf(knownServices, params.service) ?? fail('not_found');
    const userId = caller.user.id;
    const now = clock.now();
    const changed = await keys.change(userId, params.service, body, request.address, now);
    const key = changed ?? fail('key_missing', { values: { service: title } });
    log.info('key.updated', { userId, provider: params.service });
    return showApiKey(key, knownServices, now);
  },
});
