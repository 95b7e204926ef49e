import * as z from 'zod/mini';
import { auditPosition } from '#shared/audit/position.ts';
import { readKeyUses } from '#shared/audit/key-uses.ts';
import { serviceOf, serviceParams } from '#shared/vault/show-key.ts';
import { pageOf, pagingFields, readCursor, writeCursor } from '#shared/http/paging.ts';
import { toIso } from '#shared/http/time.ts';
import { operation } from '#shared/operation/operation.ts';
import { isServiceName } from '#shared/deployment/services.ts';

export default operation({
  summary: 'What my API key for a service was used for, when, from where and with what answer; newest first.',
  method: 'GET',
  path: '/v1/keys/{service}/uses',
  auth: 'verified',
  params: serviceParams,
  query: z.strictObject(pagingFields),
  response: pageOf(
    z.object({
      at: z.string(),
      call: z.string(),
      address: z.string(),
      /** The model that was asked; null if the request did not name it in a form that we read. */
      model: z.nullable(z.string()),
      /** The status of the provider's answer; null if there was none, or none yet. */
      status: z.nullable(z.int()),
    }),
  ),
  uses: [readKeyUses],
  errors: ['invalid', 'not_found'],
  // A page looks through up to ten thousand lines.
  rate: [{ per: 'user', limit: 30, window: '1m' }],
  async run({ params, query, caller, uses, settings, clock, fail }) {
    if (!isServiceName(params.service)) return fail('not_found');
    const { cursor, limit } = query;
    const after = readCursor(cursor, auditPosition, fail);
    const { entries, next } = await uses.page(
      caller.user.id,
      params.service,
      limit,
      after?.before,
      clock.now(),
    );
    // A service that was removed from the settings still has its uses.
    const isKnown =
      serviceOf(settings.knownServices, params.service) || entries.length > 0 || after !== undefined;
    if (!isKnown) return fail('not_found');
    return {
      items: entries.map(({ at, call = '', address = '', model = null, status = null }) => ({
        at: toIso(at),
        call,
        address,
        model,
        status,
      })),
      nextCursor: writeCursor(next === undefined ? undefined : { before: next }),
    };
  },
});
