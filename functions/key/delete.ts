import * as z from 'zod/mini';
import { deleteKeys } from '#shared/vault/delete-key.ts';
import { noKey } from '#shared/vault/key-texts.ts';
import { serviceOf, serviceParams } from '#shared/vault/show-key.ts';
import { lostAnswers } from '#shared/errors/lost-answers.ts';
import { operation } from '#shared/operation/operation.ts';
import { isServiceName } from '#shared/deployment/services.ts';

export default operation({
  summary: 'Deletes my API key for a service, also for one that the deployment no longer has.',
  method: 'DELETE',
  path: '/v1/keys/{service}',
  auth: 'verified',
  params: serviceParams,
  response: z.undefined(),
  status: 204,
  uses: [deleteKeys],
  errors: ['not_found'],
  rate: [{ per: 'user', limit: 30, window: '1m' }],
  ifLost: lostAnswers.keys,
  async run({ params, caller, keys, settings, clock, request, log, fail }) {
    const { service } = params;
    const { user } = caller;
    const named = { name: service, title: serviceOf(settings.knownServices, service)?.title ?? service };
    const deleted = isServiceName(service) && (await keys.delete(user, named, request.address, clock.now()));
    if (!deleted) return fail('not_found', noKey);
    log.info('key.deleted', { userId: user.id, provider: service });
    return undefined;
  },
});
