import * as z from 'zod/mini';
import document from '#docs/openapi.json' with { type: 'json' };
import { operation } from '#shared/operation/operation.ts';

export default operation({
  summary: 'The OpenAPI document of this deployment.',
  method: 'GET',
  path: '/openapi.json',
  auth: 'public',
  response: z.looseObject({ openapi: z.string() }),
  cacheSeconds: 300,
  uses: [],
  errors: [],
  rate: [{ per: 'address', limit: 60, window: '1m' }],
  run: async () => document,
});
