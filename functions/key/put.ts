import * as z from 'zod/mini';
import { putKeys } from '#shared/vault/put-key.ts';
import { maxKeyLength, mistakeInKey } from '#shared/vault/typed-key.ts';
import { withoutSurroundings } from '#shared/others-words.ts';
import { apiKeyResponse, serviceOf, serviceParams, showApiKey } from '#shared/vault/show-key.ts';
import { atMost } from '#shared/http/fields.ts';
import { fieldTexts } from '#shared/errors/field-texts.ts';
import { lostAnswers } from '#shared/errors/lost-answers.ts';
import { operation } from '#shared/operation/operation.ts';
import { askProviders } from '#shared/relay/check-key.ts';

export default operation({
  summary: 'Keeps my API key for a service, encrypted, in place of the one before.',
  method: 'PUT',
  path: '/v1/keys/{service}',
  auth: 'verified',
  params: serviceParams,
  body: z.strictObject({
    key: z.pipe(z.string().check(atMost(maxKeyLength)), z.transform(withoutSurroundings)),
    /** Keeps the key only if the provider accepts it. */
    check: z.optional(z.boolean()),
  }),
  response: apiKeyResponse,
  uses: [putKeys, askProviders],
  errors: ['invalid', 'unauthenticated', 'not_found', 'provider_unreachable'],
  rate: [{ per: 'user', limit: 10, window: '1m' }],
  ifLost: lostAnswers.keys,
  async run({ params, body, caller, keys, providers, settings, clock, request, log, fail }) {
    const { services } = settings;
    const { user } = caller;
    const service = serviceOf(services, params.service) ?? fail('not_found');
    const mistake = mistakeInKey(body.key, params.service, settings);
    if (mistake) {
      // The field shows only the requirements document's own words. They leave out the length, which is explained beside them.
      const values = { min: settings.keyMinLength };
      const more = mistake.text === 'keyShort' && { explain: fieldTexts.keyLength, values };
      return fail('invalid', { errors: [{ path: 'key', ...mistake }], ...more });
    }
    if (body.check) {
      const values = { service: service.title };
      if (service.check === null)
        return fail('invalid', { errors: [{ path: 'check', text: 'keyUnchecked', values }] });
      const verdict = await providers.check(service, service.check, body.key);
      log.info('key.checked', { userId: user.id, provider: params.service, outcome: verdict });
      if (verdict === 'refused')
        return fail('invalid', { errors: [{ path: 'key', text: 'keyRefused', values }] });
      if (verdict === 'unknown') return fail('provider_unreachable', { values });
    }
    const now = clock.now();
    const named = { name: params.service, title: service.title };
    const key = await keys.put(user, named, body.key, request.address, now);
    if (!key) return fail('unauthenticated');
    log.info('key.put', { userId: user.id, provider: params.service });
    return showApiKey(key, services, now);
  },
});
