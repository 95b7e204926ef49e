import * as z from 'zod/mini';
import { readKeys } from '#shared/vault/read-keys.ts';
import { apiKeyResponse, showApiKey } from '#shared/vault/show-key.ts';
import { operation } from '#shared/operation/operation.ts';

export default operation({
  summary: 'Lists my API keys, of each the last characters only, and the services that keys are kept for.',
  method: 'GET',
  path: '/v1/keys',
  auth: 'verified',
  response: z.object({
    items: z.array(apiKeyResponse),
    /** Always a single page: a user has at most one key for each service. */
    nextCursor: z.null(),
    services: z.array(
      z.object({
        service: z.string(),
        title: z.string(),
        /** Whether the provider can be asked whether it accepts a key. */
        checkable: z.boolean(),
      }),
    ),
  }),
  uses: [readKeys],
  errors: [],
  rate: [],
  async run({ caller, keys, settings: { knownServices }, clock }) {
    const now = clock.now();
    const kept = await keys.of(caller.user.id, now);
    return {
      items: kept.map((key) => showApiKey(key, knownServices, now)),
      nextCursor: null,
      services: Object.entries(knownServices).map(([service, { title, checkable }]) => ({
        service,
        title,
        checkable,
      })),
    };
  },
});
