import * as z from 'zod/mini';
import { operation } from '#shared/operation/operation.ts';
import { askProviders } from '#shared/relay/check-key.ts';
import { serviceOf, serviceParams } from '#shared/vault/show-key.ts';
import { useKeys } from '#shared/vault/use-key.ts';

export default operation({
  summary: 'Asks the provider whether my stored API key is still taken. It stands among the uses of the key.',
  method: 'POST',
  path: '/v1/keys/{service}/check',
  auth: 'verified',
  params: serviceParams,
  response: z.object({
    service: z.string(),
    /** false: the provider refuses the key, perhaps because it was revoked there. */
    accepted: z.boolean(),
  }),
  uses: [useKeys, askProviders],
  errors: [
    'invalid',
    'not_found',
    'key_missing',
    'key_inactive',
    'key_expired',
    'key_unreadable',
    'provider_unreachable',
  ],
  rate: [{ per: 'user', limit: 10, window: '1m' }],
  ifLost: null,
  async run({ params, caller, keys, providers, settings, clock, request, log, fail }) {
    const userId = caller.user.id;
    const service = serviceOf(settings.services, params.service) ?? fail('not_found');
    const values = { service: service.title };
    if (service.check === null)
      return fail('invalid', { errors: [{ path: 'service', text: 'keyUnchecked', values }] });
    const use = { userId, service: params.service, call: `GET ${service.check}`, address: request.address };
    const found = await keys.use({ ...use, action: 'key.check' }, clock.now());
    if ('refusal' in found) return fail(found.refusal, { values });
    const verdict = await providers.check(service, service.check, found.key);
    log.info('key.checked', { userId, provider: params.service, outcome: verdict });
    if (verdict === 'unknown') return fail('provider_unreachable', { values });
    return { service: params.service, accepted: verdict === 'accepted' };
  },
});
